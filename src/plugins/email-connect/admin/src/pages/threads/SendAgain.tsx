import { useState } from 'react';
import { Button } from '@strapi/design-system';
import { ConfirmDialog } from '../../components/kit/ConfirmDialog';
import { useText } from '../../hooks/use-text';

/** S51: the only way to send a mail that may then arrive twice, once the user has confirmed that. */
export const SendAgain = ({ isDisabled, onConfirm }: { isDisabled: boolean; onConfirm: () => void }) => {
  const text = useText();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button size="S" variant="tertiary" disabled={isDisabled} onClick={() => setIsAsking(true)}>
        {text('message.way.send-again')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={text('message.send-again.title')}
        consequences={[text('message.send-again.twice'), text('message.send-again.same')]}
        confirm={text('message.way.send-again')}
        onConfirm={onConfirm}
      />
    </>
  );
};
