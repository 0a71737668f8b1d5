import { createContext, useContext } from 'react';

/** true: mail is read whatever its owner shows, and each use is put on record (S42). */
export const OverrideContext = createContext(false);

export const useOverrides = (): boolean => useContext(OverrideContext);
