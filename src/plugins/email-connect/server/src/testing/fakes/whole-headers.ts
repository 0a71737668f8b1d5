import type { Receiver } from '../../domain/authentication/believed-results';

// Headers as servers of these kinds write them above a mail of the team; hosts and addresses are invented.

/** What a mail program wrote; the sender's own server stands above it. */
export const written = `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/simple; d=team.example; s=m1; h=from:to; bh=x; b=y
From: Uma <uma@team.example>
To: dora@customer.example
Cc: uma+log@team.example
Subject: Offer
Message-ID: <m1@team.example>
Date: Mon, 2 Mar 2026 09:00:00 +0100
`;
export const submitted = `Received: from [192.0.2.7] (dsl.isp.example [192.0.2.7])
\t(Authenticated sender: uma@team.example)
\tby out.sender.example (Postfix) with ESMTPSA id 1F2E3D
\tfor <uma+log@team.example>; Mon, 2 Mar 2026 09:00:01 +0100 (CET)
${written}`;

export const gmail = (results: string, below = submitted): string => `Delivered-To: uma@team.example
Received: by 2002:a05:7010:aaaa:b0:3f1:1:2 with SMTP id k1csp100;
        Mon, 2 Mar 2026 00:00:03 -0800 (PST)
X-Received: by 2002:a17:907:1:b0:a3e:4:5 with SMTP id j1mr1.5.17;
        Mon, 02 Mar 2026 00:00:02 -0800 (PST)
ARC-Authentication-Results: i=1; mx.google.com;
       dkim=pass header.i=@team.example header.s=m1 header.b=y;
       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=team.example
Return-Path: <uma@team.example>
Received: from out.sender.example (out.sender.example. [203.0.113.5])
        by mx.google.com with ESMTPS id q1si1.2.2026.03.02
        for <uma+log@team.example>
        (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256);
        Mon, 02 Mar 2026 00:00:02 -0800 (PST)
Received-SPF: pass (google.com: domain of uma@team.example designates 203.0.113.5) client-ip=203.0.113.5;
Authentication-Results: mx.google.com;
       dkim=pass header.i=@team.example header.s=m1 header.b=y;
       spf=pass (google.com: domain of uma@team.example designates 203.0.113.5 as permitted sender) smtp.mailfrom=uma@team.example;
       ${results}
${below}`;
export const gmailPass = 'dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=team.example';

export const microsoft = (
  results: string
): string => `Received: from AM0PR01MB1.eurprd01.prod.outlook.com (2603:10a6:208:1::19)
 by DB9PR01MB2.eurprd01.prod.outlook.com with HTTPS; Mon, 2 Mar 2026 08:00:05 +0000
Received: from AS4P190CA1.EURP190.PROD.OUTLOOK.COM (2603:10a6:20b:5d0::2) by
 AM0PR01MB1.eurprd01.prod.outlook.com (2603:10a6:208:1::19) with Microsoft SMTP
 Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id
 15.20.9000.1; Mon, 2 Mar 2026 08:00:04 +0000
Authentication-Results: ${results}
Received-SPF: Pass (protection.outlook.com: domain of team.example designates
 203.0.113.5 as permitted sender) receiver=protection.outlook.com;
 client-ip=203.0.113.5; helo=out.sender.example; pr=C
Received: from out.sender.example (203.0.113.5) by
 AM2PEPF1.mail.protection.outlook.com (10.167.16.2) with Microsoft SMTP Server
 (version=TLS1_3, cipher=TLS_AES_256_GCM_SHA384) id 15.20.9000.1 via Frontend
 Transport; Mon, 2 Mar 2026 08:00:03 +0000
Authentication-Results-Original: forged.example; dmarc=pass header.from=team.example
${submitted}`;
export const microsoftPass = `spf=pass (sender IP is 203.0.113.5)
 smtp.mailfrom=team.example; dkim=pass (signature was verified)
 header.d=team.example;dmarc=pass action=none header.from=team.example;compauth=pass
 reason=100`;

export const delivered = `Return-Path: <uma@team.example>
Delivered-To: uma+log@team.example
Received: from mail.team.example
\tby mail.team.example with LMTP
\tid aB3dE5gHpGkXAQAA
\t(envelope-from <uma@team.example>)
\tfor <uma+log@team.example>; Mon, 02 Mar 2026 09:00:03 +0100
`;
export const postfix = (client: string): string => `Received: from ${client}
\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
\t key-exchange X25519 server-signature RSA-PSS (2048 bits))
\t(No client certificate requested)
\tby mx.team.example (Postfix) with ESMTPS id 7B6A5C
\tfor <uma+log@team.example>; Mon,  2 Mar 2026 09:00:02 +0100 (CET)
`;
export const fromOutside = postfix('out.sender.example (out.sender.example [203.0.113.5])');
export const fromStranger = postfix('mx.team.example (unknown [203.0.113.66])');
export const openDkim = `Authentication-Results: mx.team.example;
\tdkim=pass (2048-bit key; unprotected) header.d=team.example header.i=@team.example header.a=rsa-sha256 header.s=m1 header.b=y
`;
export const openDmarc = (result = 'pass (p=reject dis=none)'): string =>
  `Authentication-Results: mx.team.example; dmarc=${result} header.from=team.example\n`;
/** As Debian's packages add their fields, and mox, Haraka or KumoMTA theirs: at the very top. */
export const milterOnTop = delivered + openDmarc() + openDkim + fromOutside + submitted;
/** As OpenDKIM and OpenDMARC add their fields by themselves: below the Received that Postfix puts on top. */
export const milterBelow = delivered + fromOutside + openDmarc() + openDkim + submitted;

export const exim = (
  results: string,
  client = 'out.sender.example ([203.0.113.5])'
): string => `Return-path: <uma@team.example>
Envelope-to: uma+log@team.example
Delivery-date: Mon, 02 Mar 2026 09:00:03 +0100
${results}Received: from ${client}
\tby mx.team.example with esmtps  (TLS1.3) tls TLS_AES_256_GCM_SHA384
\t(Exim 4.96)
\t(envelope-from <uma@team.example>)
\tid 1tABCD-000123-2x
\tfor uma+log@team.example;
\tMon, 02 Mar 2026 09:00:02 +0100
${submitted}`;
export const eximPass = `Authentication-Results: mx.team.example;
\tiprev=pass (out.sender.example) smtp.remote-ip=203.0.113.5;
\tspf=pass smtp.mailfrom=team.example;
\tdkim=pass header.d=team.example header.s=m1 header.a=rsa-sha256;
\tdmarc=pass header.from=team.example
`;

export const fastmail = (by: string, id: string): string => `Return-Path: <uma@team.example>
Received: from compute4.internal (compute4.nyi.internal [10.202.2.44])
\t by store21 (Cyrus 3.13.0-alpha0) with LMTPA;
\t Mon, 02 Mar 2026 03:00:04 -0500
X-Resolved-to: uma@team.example
Received: from mx3 ([10.202.2.202])
  by compute4.internal (MEProxy); Mon, 02 Mar 2026 03:00:03 -0500
Received: from mx3.${by} (localhost [127.0.0.1])
\tby mx3.${by} (Postfix) with ESMTP id 9C0AA
\tfor <uma+log@team.example>; Mon,  2 Mar 2026 03:00:03 -0500 (EST)
Received: from mx3.${by} (localhost [127.0.0.1])
    by mx3.${by} (Authentication Milter) with ESMTP
    id 1B2C3D.4E5;
    Mon, 2 Mar 2026 03:00:03 -0500
Authentication-Results: ${id};
    arc=none (no signatures found);
    dkim=pass (2048-bit rsa key sha256) header.d=team.example header.i=@team.example header.b=y;
    dmarc=pass policy.published-domain-policy=reject header.from=team.example;
    iprev=pass smtp.remote-ip=203.0.113.5 (out.sender.example)
Received: from out.sender.example (out.sender.example [203.0.113.5])
    (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))
    by mx3.${by} (Postfix) with ESMTPS
    for <uma+log@team.example>; Mon,  2 Mar 2026 03:00:03 -0500 (EST)
${submitted}`;

/** A server of one's own, and what is chosen for it. */
export const own: Receiver = {
  address: 'uma@team.example',
  provider: 'custom',
  imap: { host: 'mail.team.example' },
  trustedAuthServers: 'known',
};
export const at = (host: string): Receiver => ({ ...own, imap: { host } });
export const trusting = (trustedAuthServers: Receiver['trustedAuthServers'], receiver = own): Receiver => ({
  ...receiver,
  trustedAuthServers,
});
