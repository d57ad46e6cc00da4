using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Atrium.Home;

/// <summary>Secrets of webhooks: made, kept under a key outside the database, and signed with (Standard Webhooks 1.0).</summary>
internal sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private const string Prefix = "whsec_";

    private readonly IDataProtector _protector = protection.CreateProtector("home.webhook_secret");

    /// <summary>A new secret: as its owner sees it, once, and as it is kept.</summary>
    public (string Plain, string Kept) New()
    {
        var plain = Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        return (plain, _protector.Protect(plain));
    }

    /// <summary>The header <c>webhook-signature</c>: one signature per valid secret, with a space between.</summary>
    public string Sign(Webhook webhook, string messageId, DateTimeOffset at, string payload)
    {
        var signed = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{messageId}.{at.ToUnixTimeSeconds()}.{payload}"));
        var signature = Signature(webhook.Secret, signed);
        return webhook.OldSecret is { } old && at < webhook.OldSecretUntil ? $"{signature} {Signature(old, signed)}" : signature;
    }

    private string Signature(string kept, byte[] signed)
    {
        var key = Convert.FromBase64String(_protector.Unprotect(kept)[Prefix.Length..]);
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }
}
