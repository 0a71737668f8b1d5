import { styled } from 'styled-components';

/** An item of a list within a card, with a line above it. */
export const Row = styled.li`
  padding-block: ${({ theme }) => theme.spaces[3]};

  & + & {
    border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  }

  &:first-child {
    padding-top: 0;
  }

  &:last-child {
    padding-bottom: 0;
  }
`;
