import type { ReactNode } from 'react';
import { Link } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { Layouts, Page } from '@strapi/strapi/admin';
import { NavLink } from 'react-router-dom';

interface PageFrameProps {
  title: string;
  subtitle?: ReactNode;
  back?: { to: string; label: string };
  primaryAction?: ReactNode;
  secondaryAction?: ReactNode;
  children: ReactNode;
}

/** Header, way back and content of a page, as everywhere in Strapi's admin. */
export const PageFrame = ({
  title,
  subtitle,
  back,
  primaryAction,
  secondaryAction,
  children,
}: PageFrameProps) => (
  <Page.Main>
    <Page.Title>{title}</Page.Title>
    <Layouts.Header
      title={title}
      subtitle={subtitle}
      navigationAction={
        back === undefined ? undefined : (
          <Link tag={NavLink} to={back.to} startIcon={<ArrowLeft />}>
            {back.label}
          </Link>
        )
      }
      primaryAction={primaryAction}
      secondaryAction={secondaryAction}
    />
    <Layouts.Content>{children}</Layouts.Content>
  </Page.Main>
);
