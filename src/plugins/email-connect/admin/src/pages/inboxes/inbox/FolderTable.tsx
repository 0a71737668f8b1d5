import type { ReactNode } from 'react';
import {
  Box,
  Flex,
  SingleSelect,
  SingleSelectOption,
  Table,
  Tbody,
  Td,
  Tr,
  Typography,
} from '@strapi/design-system';
import {
  folderRole,
  type FolderRoleAnswer,
  type InboxFolderAnswer,
} from '../../../../../shared/contracts/inbox';
import { Label } from '../../../components/kit/Label';
import { FullTime } from '../../../components/time/FullTime';
import { RelativeTime } from '../../../components/time/RelativeTime';
import { TableHead } from '../../../components/kit/TableHead';
import { useText, type TextKey } from '../../../hooks/use-text';
import { roleOf, type FoldersDraft } from './folder-choice';

const columns: TextKey[] = ['folders.column.folder', 'folders.column.complete', 'folders.column.role'];

/** The server's special use of a folder, unless its name says the same. */
const UseBadge = ({ folder }: { folder: InboxFolderAnswer }) => {
  const text = useText();
  if (folder.specialUse === null) return null;
  const use = text(`folders.use.${folder.specialUse}`);
  return use.toLowerCase() === folder.folderPath.toLowerCase() ? null : <Label>{use}</Label>;
};

const NameCell = ({ folder }: { folder: InboxFolderAnswer }) => {
  const text = useText();
  return (
    <Flex gap={2} wrap="wrap">
      <Typography textColor="neutral800">{folder.folderPath}</Typography>
      <UseBadge folder={folder} />
      {folder.listed ? null : <Label tone="warning">{text('folders.gone')}</Label>}
    </Flex>
  );
};

/** Why a folder was not read, and when it is tried again. */
const Failure = ({ folder, code }: { folder: InboxFolderAnswer; code: string }) => {
  const text = useText();
  return (
    <Typography variant="pi" textColor="danger600" style={{ whiteSpace: 'normal' }}>
      {text('folders.failing', { code })}
      {folder.retryAt === null ? null : (
        <>
          {' '}
          {text('folders.retry')} <RelativeTime at={folder.retryAt} isPlanned />
        </>
      )}
    </Typography>
  );
};

/** P10: up to when a folder is complete and how many messages are missing, or why it is not complete. */
const Completeness = ({ folder }: { folder: InboxFolderAnswer }): ReactNode => {
  const text = useText();
  if (!folder.watched) return <Typography textColor="neutral600">{text('folders.not-watched')}</Typography>;
  return (
    <Flex direction="column" alignItems="flex-start" gap={1} paddingTop={2} paddingBottom={2}>
      {folder.completeUpTo === null ? (
        <Typography textColor="neutral600">{text('folders.not-yet')}</Typography>
      ) : (
        <>
          <Typography textColor="neutral800">
            <FullTime at={folder.completeUpTo} />
          </Typography>
          <Typography variant="pi" textColor={folder.missing === 0 ? 'success600' : 'warning700'}>
            {text('folders.missing', { count: folder.missing })}
          </Typography>
        </>
      )}
      {folder.lastErrorCode === null ? null : <Failure folder={folder} code={folder.lastErrorCode} />}
    </Flex>
  );
};

interface RoleSelectProps {
  folderPath: string;
  role: FolderRoleAnswer;
  canChange: boolean;
  onRole: (role: FolderRoleAnswer) => void;
}

const RoleSelect = ({ folderPath, role, canChange, onRole }: RoleSelectProps) => {
  const text = useText();
  return (
    <Box minWidth="26rem" paddingTop={1} paddingBottom={1}>
      <SingleSelect
        size="S"
        aria-label={text('folders.role-of', { folder: folderPath })}
        value={role}
        disabled={!canChange}
        onChange={(chosen) => {
          const known = folderRole.safeParse(chosen).data;
          if (known !== undefined) onRole(known);
        }}
      >
        {folderRole.options.map((choice) => (
          <SingleSelectOption key={choice} value={choice}>
            {text(`folders.role.${choice}`)}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </Box>
  );
};

interface FolderTableProps {
  folders: InboxFolderAnswer[];
  choice: FoldersDraft;
  canChange: boolean;
  onRole: (folderPath: string, role: FolderRoleAnswer) => void;
}

/** The inbox's folders with the role of each. */
export const FolderTable = ({ folders, choice, canChange, onRole }: FolderTableProps) => (
  <Table colCount={columns.length} rowCount={folders.length + 1}>
    <TableHead columns={columns} />
    <Tbody>
      {folders.map((folder) => (
        <Tr key={folder.folderPath}>
          <Td>
            <NameCell folder={folder} />
          </Td>
          <Td>
            <Completeness folder={folder} />
          </Td>
          <Td>
            <RoleSelect
              folderPath={folder.folderPath}
              role={roleOf(choice, folder.folderPath)}
              canChange={canChange}
              onRole={(role) => onRole(folder.folderPath, role)}
            />
          </Td>
        </Tr>
      ))}
    </Tbody>
  </Table>
);
