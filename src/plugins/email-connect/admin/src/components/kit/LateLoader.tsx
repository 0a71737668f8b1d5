import { useEffect, useState } from 'react';
import { Flex, Loader } from '@strapi/design-system';
import { useText } from '../../hooks/use-text';

const patienceMs = 400;

/** A spinner for content that is mostly there at once: it shows only after a moment, and the layout does not jump. */
export const LateLoader = () => {
  const text = useText();
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setIsLate(true), patienceMs);
    return () => window.clearTimeout(timer);
  }, []);
  return (
    <Flex justifyContent="center" minHeight="4.2rem" aria-busy>
      {isLate ? <Loader small>{text('loading')}</Loader> : null}
    </Flex>
  );
};
