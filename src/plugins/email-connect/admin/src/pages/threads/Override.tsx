import { useState } from 'react';
import { Box, Button } from '@strapi/design-system';
import { useRBAC } from '@strapi/strapi/admin';
import { ConfirmDialog } from '../../components/kit/ConfirmDialog';
import { Notice } from '../../components/kit/Notice';
import { useOverrides } from '../../hooks/use-overrides';
import { useText } from '../../hooks/use-text';
import { permissions } from '../../permissions';

/** S42: shows what owners do not, to whoever holds the right, once they know that it is put on record. */
export const Override = ({ onOverride }: { onOverride: () => void }) => {
  const text = useText();
  const overrides = useOverrides();
  const [isAsking, setIsAsking] = useState(false);
  const { allowedActions } = useRBAC(permissions.overrideThreads);
  if (overrides) return <Notice tone="warning" title={text('override.on')} />;
  if (!allowedActions.canOverride) return null;
  return (
    <Box>
      <Button size="S" variant="tertiary" onClick={() => setIsAsking(true)}>
        {text('override')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={text('override.title')}
        consequences={[text('override.not-shown'), text('override.on-record')]}
        confirm={text('override.confirm')}
        onConfirm={onOverride}
      />
    </Box>
  );
};
