import { loadSettings } from '../../api/settings';
import { useLoad } from '../../hooks/use-load';
import { WhenLoaded } from '../kit/WhenLoaded';
import { firstSender, type ComposeDraft } from './compose-draft';
import { ComposerForm, type ComposerFormProps } from './ComposerForm';
import { NoInbox } from './NoInbox';

interface ComposerProps extends Omit<ComposerFormProps, 'initial' | 'senders' | 'beginWith' | 'limitBytes'> {
  /** The initial content of the fields; it may depend on the sending inbox. */
  initial: (fromAddress: string) => ComposeDraft;
  /** The inbox of the conversation; null for a new one. */
  inboxDocumentId: string | null;
}

/** The form for an email from an inbox of the user; a user without one is told so, and sends nothing (S3). */
export const Composer = ({ initial, inboxDocumentId, ...form }: ComposerProps) => {
  const settings = useLoad(loadSettings);
  const senders = settings.value?.sendingInboxes ?? [];
  const first = firstSender(senders, inboxDocumentId);
  if (settings.value !== null && first !== undefined) {
    return (
      <ComposerForm
        {...form}
        initial={initial(first.address)}
        senders={senders}
        beginWith={first.documentId}
        limitBytes={settings.value.outgoingLimitBytes}
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
