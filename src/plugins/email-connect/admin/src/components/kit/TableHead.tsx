import { Th, Thead, Tr, Typography } from '@strapi/design-system';
import { useText, type TextKey } from '../../hooks/use-text';

/** The head of a table: one column for each text, in order. */
export const TableHead = ({ columns }: { columns: readonly TextKey[] }) => {
  const text = useText();
  return (
    <Thead>
      <Tr>
        {columns.map((column) => (
          <Th key={column}>
            <Typography variant="sigma" textColor="neutral600">
              {text(column)}
            </Typography>
          </Th>
        ))}
      </Tr>
    </Thead>
  );
};
