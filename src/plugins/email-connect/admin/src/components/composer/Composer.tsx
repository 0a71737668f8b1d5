import { loadSettings } from '../../api/settings';
import { useLoad } from '../../hooks/use-load';
import { WhenLoaded } from '../kit/WhenLoaded';
import type { ComposeDraft } from './compose-draft';
import { ComposerForm, type ComposerFormProps } from './ComposerForm';
import { NoInbox } from './NoInbox';

interface ComposerProps extends Omit<ComposerFormProps, 'initial' | 'fromAddress' | 'limitBytes'> {
  /** The initial content of the fields; it may depend on the sending inbox. */
  initial: (fromAddress: string) => ComposeDraft;
}

/** The form for an email from the user's own inbox; a user without one is told so, and sends nothing (S3). */
export const Composer = ({ initial, ...form }: ComposerProps) => {
  const settings = useLoad(loadSettings);
  const loaded = settings.value;
  if (loaded !== null && loaded.yourInbox !== null) {
    const { address } = loaded.yourInbox;
    return (
      <ComposerForm
        {...form}
        initial={initial(address)}
        fromAddress={address}
        limitBytes={loaded.outgoingLimitBytes}
      />
    );
  }
  const { Layout } = form;
  return (
    <Layout buttons={null}>
      <WhenLoaded loaded={settings}>{() => <NoInbox />}</WhenLoaded>
    </Layout>
  );
};
