import { useCallback } from 'react';
import { z } from 'zod';
import { attachment, type Attachment } from '../../../../shared/contracts/attachment';
import type { Message } from '../../../../shared/contracts/message';
import { loadAttachmentFile } from '../../api/attachments';
import type { Client } from '../../api/client';
import { useLoad } from '../../hooks/use-load';
import { useOverrides } from '../../hooks/use-overrides';
import { inlineImages, withInlineImages } from './inline-images';

const noImages: ReadonlyMap<string, string> = new Map();

const dataUrlOf = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });

/** The frame's policy loads data: URLs only, neither a blob: URL nor the file with the user's session. */
const loadImage = async (client: Client, file: Attachment, overrides: boolean): Promise<[string, string]> => {
  const bytes = await loadAttachmentFile(client, file.documentId, overrides);
  return [file.contentId, await dataUrlOf(new Blob([bytes], { type: file.contentType }))];
};

/** A mail's HTML with its own pictures in it, once they are loaded. A picture that fails is left out. */
export const useHtmlWithImages = (message: Message): string => {
  const { html, attachments } = message;
  const overrides = useOverrides();
  // Attachments are new objects after every refresh; as text they stay equal and are loaded once.
  const images = JSON.stringify(inlineImages({ html, attachments }));
  const load = useCallback(
    async (client: Client) => {
      const files = z.array(attachment).parse(JSON.parse(images));
      const loaded = await Promise.allSettled(files.map((file) => loadImage(client, file, overrides)));
      return new Map(loaded.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])));
    },
    [images, overrides]
  );
  const { value } = useLoad(load);
  return withInlineImages(html, value ?? noImages);
};
