import { Badge, Checkbox, Flex, Table, Tbody, Td, Tr, Typography } from '@strapi/design-system';
import type { InboxFolder } from '../../../../../shared/contracts/inbox';
import { RelativeTime } from '../../../components/RelativeTime';
import { TableHead } from '../../../components/TableHead';
import { useText, type TextKey } from '../../../hooks/use-text';

const columns: TextKey[] = ['folders.column.folder', 'folders.column.complete', 'folders.column.watched'];

/** What the server says a folder is for, unless its name says so already. */
const UseBadge = ({ folder }: { folder: InboxFolder }) => {
  const text = useText();
  if (folder.specialUse === null) return null;
  const use = text(`folders.use.${folder.specialUse}`);
  return use.toLowerCase() === folder.folderPath.toLowerCase() ? null : <Badge size="S">{use}</Badge>;
};

/** P10: up to when a folder is complete, or why it is not. */
const Completeness = ({ folder, isWatched }: { folder: InboxFolder; isWatched: boolean }) => {
  const text = useText();
  if (!isWatched) return <Typography textColor="neutral600">{text('folders.not-watched')}</Typography>;
  return (
    <Flex direction="column" alignItems="flex-start">
      <Typography textColor="neutral800">
        {folder.lastPassAt === null ? text('folders.not-yet') : <RelativeTime at={folder.lastPassAt} />}
      </Typography>
      {folder.lastErrorCode === null ? null : (
        <Typography variant="pi" textColor="danger600">
          {text('folders.failing', { code: folder.lastErrorCode })}
        </Typography>
      )}
    </Flex>
  );
};

interface FolderTableProps {
  folders: InboxFolder[];
  watched: string[];
  canChange: boolean;
  onToggle: (folderPath: string, isWatched: boolean) => void;
}

/** The inbox's folders with a check box each. */
export const FolderTable = ({ folders, watched, canChange, onToggle }: FolderTableProps) => {
  const text = useText();
  return (
    <Table colCount={columns.length} rowCount={folders.length + 1}>
      <TableHead columns={columns} />
      <Tbody>
        {folders.map((folder) => {
          const isWatched = watched.includes(folder.folderPath);
          return (
            <Tr key={folder.folderPath}>
              <Td>
                <Flex gap={2}>
                  <Typography textColor="neutral800">{folder.folderPath}</Typography>
                  <UseBadge folder={folder} />
                </Flex>
              </Td>
              <Td>
                <Completeness folder={folder} isWatched={folder.watched} />
              </Td>
              <Td>
                <Checkbox
                  aria-label={text('folders.watch', { folder: folder.folderPath })}
                  checked={isWatched}
                  disabled={!canChange}
                  onCheckedChange={(checked) => onToggle(folder.folderPath, checked === true)}
                />
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </Table>
  );
};
