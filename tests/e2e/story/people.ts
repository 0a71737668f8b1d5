export const us = {
  name: 'Mara Lindqvist',
  address: 'mara@harbour-bikes.test',
  password: 'harbour-secret',
};
export const lena = {
  name: 'Lena Hartmann',
  address: 'lena@hartmann-cycles.test',
  password: 'lena-secret',
};
/** Only written to, so that no other part of the story counts his mail. */
export const jonas = {
  name: 'Jonas Berg',
  address: 'jonas@berg-touren.test',
  password: 'jonas-secret',
};
/** A lead: nobody here knows her yet, and she has no mailbox on this server. */
export const nina = { name: 'Nina Novak', address: 'nina@brand-new.test' };
/** Her colleague, whom she puts on Cc. */
export const otto = { name: 'Otto Olsen', address: 'otto@brand-new.test' };
/** The mailbox on the second server, whose certificate nobody vouches for. */
export const workshop = { address: 'workshop@harbour-bikes.test', password: 'workshop-secret' };
