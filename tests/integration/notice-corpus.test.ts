import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseHeaders } from '../../src/plugins/email-connect/server/src/adapters/mime/parse-headers';
import { classifyNotice } from '../../src/plugins/email-connect/server/src/domain/classification/classify-notice';
import { addressOf, describeWith } from '../support/services';

describeWith('corpus', 'P6: notices among real mail, by their headers alone', () => {
  const labelsIn = (folder: string) => {
    const root = path.join(addressOf('corpus'), folder);
    return readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => ({
        name,
        notice: classifyNotice(parseHeaders(readFileSync(path.join(root, name)))),
      }));
  };

  it('labels 19 of 20 bounces, delays and complaints of about 100 mail systems', () => {
    const labels = labelsIn('bounces/sisimai');
    const found = labels.filter(
      ({ notice }) => notice !== null && notice !== 'auto-reply' && notice !== 'receipt'
    );
    expect(labels.length).toBeGreaterThan(300);
    expect(found.length / labels.length).toBeGreaterThan(0.95);
  });

  it.each([
    'lhost-exim-41.eml',
    'lhost-gmail-06.eml',
    'lhost-zoho-04.eml',
    'rfc3464-09.eml',
    'rhost-outlook-06.eml',
  ])('tells that %s is only delayed', (name) => {
    expect(labelsIn('bounces/sisimai')).toContainEqual({ name, notice: 'delay' });
  });

  it('labels no ordinary mail', () => {
    const labels = [...labelsIn('mime/stalwart/legacy'), ...labelsIn('mime/stalwart/thirdparty')];
    expect(labels.length).toBeGreaterThan(100);
    expect(labels.filter(({ notice }) => notice !== null)).toEqual([]);
  });
});
