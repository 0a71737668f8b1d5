import { Flex, IconButton, Typography } from '@strapi/design-system';
import { ChevronLeft, ChevronRight } from '@strapi/icons';
import { useText } from '../../hooks/use-text';

export const pageSize = 25;

interface PagerProps {
  start: number;
  total: number;
  onStart: (start: number) => void;
}

/** "26 to 50 of 130" with a step back and a step on; nothing when all fits on one page. */
export const Pager = ({ start, total, onStart }: PagerProps) => {
  const text = useText();
  if (total <= pageSize) return null;
  const end = Math.min(start + pageSize, total);
  return (
    <Flex gap={3} justifyContent="flex-end" paddingTop={4}>
      <Typography textColor="neutral600">{text('pager', { from: start + 1, to: end, total })}</Typography>
      <IconButton
        label={text('pager.previous')}
        disabled={start === 0}
        onClick={() => onStart(Math.max(0, start - pageSize))}
      >
        <ChevronLeft />
      </IconButton>
      <IconButton
        label={text('pager.next')}
        disabled={end >= total}
        onClick={() => onStart(start + pageSize)}
      >
        <ChevronRight />
      </IconButton>
    </Flex>
  );
};
