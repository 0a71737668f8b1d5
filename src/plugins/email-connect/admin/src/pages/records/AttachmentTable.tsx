import { Box, Link, Table, Tbody, Td, Tr, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import type { Attachment } from '../../../../shared/contracts/attachment';
import { AttachmentChip } from '../../components/files/AttachmentChip';
import { FullTime } from '../../components/time/FullTime';
import { TableHead } from '../../components/kit/TableHead';
import { useText, type TextKey } from '../../hooks/use-text';
import { pagePath } from '../../plugin-id';

const columns: TextKey[] = [
  'attachments.column.file',
  'attachments.column.type',
  'attachments.column.from',
  'attachments.column.date',
  'attachments.column.mail',
];

const AttachmentRow = ({ file }: { file: Attachment }) => {
  const text = useText();
  return (
    <Tr>
      <Td>
        <Box paddingTop={2} paddingBottom={2}>
          <AttachmentChip file={file} />
        </Box>
      </Td>
      <Td>
        <Typography textColor="neutral600">{file.contentType}</Typography>
      </Td>
      <Td>
        <Typography textColor="neutral800">{file.fromAddress}</Typography>
      </Td>
      <Td>
        <Typography textColor="neutral800">
          {file.sentAt === null ? '' : <FullTime at={file.sentAt} />}
        </Typography>
      </Td>
      <Td>
        <Link tag={NavLink} to={pagePath(`threads/${file.threadDocumentId}`)}>
          {text('attachments.open-mail')}
        </Link>
      </Td>
    </Tr>
  );
};

/** Files with type, sender, date, and a link to the mail each came with. */
export const AttachmentTable = ({ attachments }: { attachments: Attachment[] }) => (
  <Table colCount={columns.length} rowCount={attachments.length + 1}>
    <TableHead columns={columns} />
    <Tbody>
      {attachments.map((file) => (
        <AttachmentRow key={file.documentId} file={file} />
      ))}
    </Tbody>
  </Table>
);
