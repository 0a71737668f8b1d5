/** One Dovecot instance: everything in one folder, on ports of its own. */
export interface DovecotPlace {
  /** Between the levels of a path, and before every folder but INBOX: `.` and `INBOX.` on many hosts. */
  separator: string;
  prefix: string;
  /** How many sessions a user may have at a time. */
  connectionsPerUser: number;
  /** Holds configuration, certificate, users, mail and logs. */
  directory: string;
  imapPort: number;
  imapsPort: number;
  lmtpPort: number;
  submissionPort: number;
  /** Where submitted mail is relayed to; nobody listens there unless a test does. */
  relayPort: number;
  /** Replaces what IMAP announces after login, e.g. to hide IDLE; '' for Dovecot's own. */
  capability: string;
  /** Offers COMPRESS; Dovecot's transcripts hold the compressed bytes then. */
  compress: boolean;
  store: 'sdbox' | 'maildir';
  /** Writes down every session of every user, which costs time. */
  transcripts: boolean;
}

/** Debian's user and group `mail`: Dovecot refuses to read mail as root. */
export const MAIL_ID = 8;

const specialFolders = ['Sent', 'Drafts', 'Junk', 'Trash', 'Archive'];

/** A Dovecot 2.3 configuration to be run as root. */
export const dovecotConfig = (place: DovecotPlace): string => `
base_dir = ${place.directory}/run
state_dir = ${place.directory}/run
instance_name = email-connect-test
log_path = ${place.directory}/dovecot.log
auth_verbose = yes
protocols = imap lmtp submission
listen = 127.0.0.1
default_internal_user = dovecot
default_internal_group = dovecot
default_login_user = dovenull
first_valid_uid = 1
first_valid_gid = 1
mail_location = ${place.store === 'sdbox' ? 'sdbox:~/sdbox' : 'maildir:~/Maildir'}
mail_plugins = zlib
ssl = yes
ssl_cert = <${place.directory}/cert.pem
ssl_key = <${place.directory}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_fsync = never
auth_cache_size = 0
auth_failure_delay = 0
shutdown_clients = yes
mail_max_userip_connections = ${place.connectionsPerUser}
default_vsz_limit = 2G
submission_relay_host = 127.0.0.1
submission_relay_port = ${place.relayPort}
submission_relay_trusted = yes

passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u ${place.directory}/users
}
userdb {
  driver = passwd-file
  args = username_format=%u ${place.directory}/users
  override_fields = uid=${MAIL_ID} gid=${MAIL_ID} home=${place.directory}/mail/%u
}
protocol imap {
${place.compress ? '  mail_plugins = $mail_plugins imap_zlib' : ''}
${place.transcripts ? `  rawlog_dir = ${place.directory}/rawlog/%u` : ''}
${place.capability ? `  imap_capability = ${place.capability}` : ''}
}
namespace inbox {
  inbox = yes
  separator = ${place.separator}
  prefix = ${place.prefix}
${specialFolders.map((name) => `  mailbox ${name} {\n    special_use = \\${name}\n    auto = subscribe\n  }`).join('\n')}
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
service imap-login {
  chroot =
  process_min_avail = 1
  service_count = 0
  inet_listener imap {
    port = ${place.imapPort}
  }
  inet_listener imaps {
    port = ${place.imapsPort}
    ssl = yes
  }
}
service submission-login {
  chroot =
  service_count = 0
  inet_listener submission {
    port = ${place.submissionPort}
  }
}
service auth {
  unix_listener sasl {
    mode = 0666
  }
}
service lmtp {
  chroot =
  inet_listener lmtp {
    port = ${place.lmtpPort}
  }
}
`;
