// What becomes of mail whose contact is deleted.
export { chooseLeft } from './choose-left';
export { takeLeave } from './take-leave';
export type { Leave } from './take-leave';
