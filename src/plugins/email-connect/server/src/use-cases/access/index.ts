export { answerAccessRequest } from './answer-access-request';
export { askForMore } from './ask-for-more';
export { chooseInboxLevel } from './choose-inbox-level';
export { chooseLevel } from './choose-level';
export { openAccessRequests } from './open-access-requests';
export { ownInboxes } from './own-inboxes';
