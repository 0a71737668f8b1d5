/** One Postfix instance: everything in one folder, on ports of its own. */
export interface PostfixPlace {
  directory: string;
  /** Takes mail over TLS from whoever logs in. */
  smtpsPort: number;
  /** Where Dovecot answers for passwords. */
  saslSocket: string;
  /** Where all mail for `domains` is delivered to. */
  lmtpPort: number;
  domains: readonly string[];
}

/** main.cf of Postfix 3.7. */
export const mainConfig = (place: PostfixPlace): string => `
compatibility_level = 3.6
config_directory = ${place.directory}/conf
queue_directory = ${place.directory}/queue
data_directory = ${place.directory}/data
maillog_file = ${place.directory}/maillog
maillog_file_prefixes = ${place.directory}
myhostname = mx.team.example
mydestination =
alias_maps =
alias_database =
relayhost =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks =
smtpd_banner = $myhostname ESMTP
smtpd_tls_security_level = may
smtpd_tls_cert_file = ${place.directory}/cert.pem
smtpd_tls_key_file = ${place.directory}/key.pem
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = ${place.saslSocket}
smtpd_client_connection_count_limit = 0
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = reject_unlisted_recipient, permit
virtual_mailbox_domains = ${place.domains.join(', ')}
virtual_mailbox_maps = static:known
virtual_transport = lmtp:inet:127.0.0.1:${place.lmtpPort}
address_verify_virtual_transport = $virtual_transport
message_size_limit = 30000000
lmtp_destination_concurrency_limit = 4
`;

/** master.cf: what takes, queues and delivers, and nothing that listens elsewhere. */
export const masterConfig = ({ smtpsPort }: PostfixPlace): string => `
127.0.0.1:${smtpsPort} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
cleanup  unix n - n - 0 cleanup
qmgr     unix n - n 300 1 qmgr
tlsmgr   unix - - n 1000? 1 tlsmgr
rewrite  unix - - n - - trivial-rewrite
bounce   unix - - n - 0 bounce
defer    unix - - n - 0 bounce
trace    unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error    unix - - n - - error
retry    unix - - n - - error
lmtp     unix - - n - - lmtp
anvil    unix - - n - 1 anvil
showq    unix n - n - - showq
postlog  unix-dgram n - n - 1 postlogd
`;
