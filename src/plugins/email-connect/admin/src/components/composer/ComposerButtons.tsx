import { Button } from '@strapi/design-system';
import { PaperPlane } from '@strapi/icons';
import { useText } from '../../hooks/use-text';

interface ComposerButtonsProps {
  isSubmitting: boolean;
  onCancel: () => void;
}

/** Side by side in the layout; Send submits the form around it. */
export const ComposerButtons = ({ isSubmitting, onCancel }: ComposerButtonsProps) => {
  const text = useText();
  return (
    <>
      <Button variant="tertiary" onClick={onCancel}>
        {text('cancel')}
      </Button>
      <Button type="submit" startIcon={<PaperPlane />} loading={isSubmitting}>
        {text(isSubmitting ? 'compose.sending' : 'compose.send')}
      </Button>
    </>
  );
};
