import { Button, Flex, ProgressBar, Typography } from '@strapi/design-system';
import type { BackfillProgress, BackfillAction } from '../../../../../../shared/contracts/backfill';
import { FullTime } from '../../../../components/time/FullTime';
import { useFileSize } from '../../../../hooks/use-file-size';
import { useText } from '../../../../hooks/use-text';
import { isOver, percentOf } from './backfill-progress';

interface ProgressProps {
  backfill: BackfillProgress;
  isActing: boolean;
  onAct: (action: BackfillAction) => void;
}

const Actions = ({ backfill, isActing, onAct }: ProgressProps) => {
  const text = useText();
  const actions: BackfillAction[] = [backfill.state === 'paused' ? 'resume' : 'pause', 'cancel'];
  return (
    <Flex gap={2}>
      {actions.map((action) => (
        <Button
          key={action}
          size="S"
          variant={action === 'cancel' ? 'danger-light' : 'tertiary'}
          disabled={isActing}
          onClick={() => onAct(action)}
        >
          {text(`history.${action}`)}
        </Button>
      ))}
    </Flex>
  );
};

/** How far older mail is read, and the result. */
export const Progress = (props: ProgressProps) => {
  const text = useText();
  const size = useFileSize();
  const { backfill } = props;
  const percent = percentOf(backfill);
  return (
    <Flex direction="column" alignItems="stretch" gap={3} role="group" aria-label={text('history.progress')}>
      <Flex justifyContent="space-between" gap={4}>
        <Typography fontWeight="bold" textColor="neutral800">
          {text(`history.state.${backfill.state}`)}
        </Typography>
        <Typography textColor="neutral600">{text('history.percent', { percent })}</Typography>
      </Flex>
      {/* Its default style makes it 78 pixels wide. */}
      <ProgressBar
        value={percent}
        style={{ width: '100%' }}
        aria-label={text('history.progress')}
        aria-valuenow={percent}
      />
      <Typography textColor="neutral800">
        {text('history.counts', {
          scanned: backfill.scanned,
          total: backfill.total,
          logged: backfill.logged,
        })}
      </Typography>
      <Typography variant="pi" textColor="neutral600">
        {text('history.since')} <FullTime at={backfill.since} />
        {' · '}
        {text('history.today', { read: size(backfill.bytesToday), limit: size(backfill.dailyBytes) })}
      </Typography>
      {isOver(backfill) ? null : <Actions {...props} />}
    </Flex>
  );
};
