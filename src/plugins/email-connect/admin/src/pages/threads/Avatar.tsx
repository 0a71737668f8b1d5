import { Flex, Typography } from '@strapi/design-system';
import { initialsOf } from './initials';

interface AvatarProps {
  name: string;
  /** true: a person of our team. */
  isOwn: boolean;
}

/** A person's initials in a circle, in one colour for our team and in another for others. */
export const Avatar = ({ name, isOwn }: AvatarProps) => (
  <Flex
    aria-hidden
    justifyContent="center"
    background={isOwn ? 'primary100' : 'success100'}
    width="3.2rem"
    height="3.2rem"
    shrink={0}
    style={{ borderRadius: '50%' }}
  >
    <Typography variant="pi" fontWeight="bold" textColor={isOwn ? 'primary700' : 'success700'}>
      {initialsOf(name)}
    </Typography>
  </Flex>
);
