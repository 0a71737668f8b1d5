import { Flex } from '@strapi/design-system';
import type { ComposerLayoutProps } from './composer-layout';

/** In the flow of a page: the buttons below the fields. */
export const InPlaceLayout = ({ children, buttons }: ComposerLayoutProps) => (
  <Flex direction="column" alignItems="stretch" gap={4}>
    {children}
    {buttons === null ? null : (
      <Flex gap={2} justifyContent="flex-end">
        {buttons}
      </Flex>
    )}
  </Flex>
);
