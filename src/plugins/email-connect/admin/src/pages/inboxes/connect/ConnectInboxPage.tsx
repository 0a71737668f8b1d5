import { loadSettings } from '../../../api/settings';
import { PageFrame } from '../../../components/kit/PageFrame';
import { WhenLoaded } from '../../../components/kit/WhenLoaded';
import { useLoad } from '../../../hooks/use-load';
import { useText } from '../../../hooks/use-text';
import { pagePath } from '../../../plugin-id';
import { ConnectForm } from './ConnectForm';

/** From an address to a connected inbox: account, consent, test, connect. */
export const ConnectInboxPage = () => {
  const text = useText();
  const settings = useLoad(loadSettings);
  return (
    <PageFrame
      title={text('connect.title')}
      subtitle={text('connect.subtitle')}
      back={{ to: pagePath(''), label: text('inboxes.title') }}
    >
      <WhenLoaded loaded={settings}>{(loaded) => <ConnectForm settings={loaded} />}</WhenLoaded>
    </PageFrame>
  );
};
