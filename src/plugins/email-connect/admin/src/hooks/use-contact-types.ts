import { useEffect, useState } from 'react';
import { getFetchClient } from '@strapi/strapi/admin';
import { loadSettings } from '../api/settings';

type ContactTypes = ReadonlySet<string>;
const none: ContactTypes = new Set();

// Configuration: it changes only with a restart, and every edit view of the site needs it.
let known: Promise<ContactTypes> | null = null;

const loadContactTypes = (): Promise<ContactTypes> => {
  known ??= loadSettings(getFetchClient())
    .then(({ contactTypes }) => new Set(contactTypes.map(({ uid }) => uid)))
    .catch(() => {
      // A user who may not ask sees no panel; after a failure the next edit view asks again.
      known = null;
      return none;
    });
  return known;
};

/** The content types whose records are contacts; empty until they are known. */
export const useContactTypes = (): ContactTypes => {
  const [types, setTypes] = useState(none);
  useEffect(() => {
    let isCurrent = true;
    void loadContactTypes().then((loaded) => {
      if (isCurrent) setTypes(loaded);
    });
    return () => {
      isCurrent = false;
    };
  }, []);
  return types;
};
