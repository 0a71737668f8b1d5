import type { InboxWithFolders } from '../../../../../shared/contracts/inbox';
import { loadSettings } from '../../../api/settings';
import { Section } from '../../../components/kit/Section';
import { WhenLoaded } from '../../../components/kit/WhenLoaded';
import { useLoad } from '../../../hooks/use-load';
import { useText } from '../../../hooks/use-text';
import { HowItWorks } from '../HowItWorks';

/** S2: the help, with the folders that this inbox really watches. */
export const HelpSection = ({ inbox }: { inbox: InboxWithFolders }) => {
  const text = useText();
  const settings = useLoad(loadSettings);
  const watched = inbox.folders.filter((folder) => folder.watched).map(({ folderPath }) => folderPath);
  return (
    <Section title={text('help.title')}>
      <WhenLoaded loaded={settings}>
        {(loaded) => <HowItWorks settings={loaded} watchedFolders={watched} policy={inbox.policy} />}
      </WhenLoaded>
    </Section>
  );
};
