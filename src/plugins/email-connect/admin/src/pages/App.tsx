import { Page } from '@strapi/strapi/admin';
import { Route, Routes } from 'react-router-dom';
import { permissions } from '../permissions';
import { AccessRequestsPage } from './access-requests/AccessRequestsPage';
import { AddressesPage } from './addresses/AddressesPage';
import { ConnectInboxPage } from './inboxes/connect/ConnectInboxPage';
import { InboxPage } from './inboxes/inbox/InboxPage';
import { InboxesPage } from './inboxes/InboxesPage';
import { SearchPage } from './inboxes/search/SearchPage';
import { RecordPage } from './records/RecordPage';
import { ThreadPage } from './threads/ThreadPage';
import { UnassignedPage } from './unassigned/UnassignedPage';

/** The pages of this plugin; the folders beside this file mirror their URLs. */
const App = () => (
  <Routes>
    <Route
      index
      element={
        <Page.Protect permissions={permissions.readInboxes}>
          <InboxesPage />
        </Page.Protect>
      }
    />
    <Route
      path="inboxes/connect"
      element={
        <Page.Protect permissions={permissions.connectInboxes}>
          <ConnectInboxPage />
        </Page.Protect>
      }
    />
    <Route
      path="inboxes/:documentId"
      element={
        <Page.Protect permissions={permissions.readInboxes}>
          <InboxPage />
        </Page.Protect>
      }
    />
    <Route
      path="inboxes/:documentId/search"
      element={
        <Page.Protect permissions={permissions.connectInboxes}>
          <SearchPage />
        </Page.Protect>
      }
    />
    <Route
      path="addresses"
      element={
        <Page.Protect permissions={permissions.confirmAddresses}>
          <AddressesPage />
        </Page.Protect>
      }
    />
    <Route
      path="unassigned"
      element={
        <Page.Protect permissions={permissions.readThreads}>
          <UnassignedPage />
        </Page.Protect>
      }
    />
    <Route
      path="access-requests"
      element={
        <Page.Protect permissions={permissions.readThreads}>
          <AccessRequestsPage />
        </Page.Protect>
      }
    />
    <Route
      path="threads/:documentId"
      element={
        <Page.Protect permissions={permissions.readThreads}>
          <ThreadPage />
        </Page.Protect>
      }
    />
    <Route
      path="records/:contactType/:documentId"
      element={
        <Page.Protect permissions={permissions.readThreads}>
          <RecordPage />
        </Page.Protect>
      }
    />
    <Route path="*" element={<Page.NoData />} />
  </Routes>
);

export default App;
