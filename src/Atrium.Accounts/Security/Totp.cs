using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Atrium.Accounts.Security;

/// <summary>Codes of an authenticator app (TOTP, RFC 6238: SHA-1, 6 digits, 30 s), one step early or late forgiven.</summary>
internal sealed class Totp(IDataProtectionProvider protection, TimeProvider clock)
{
    public const int Digits = 6;
    private const int Seconds = 30;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private readonly IDataProtector _protector = protection.CreateProtector("Atrium.Totp");

    /// <summary>A new secret, sealed for the database.</summary>
    public string NewSecret() => _protector.Protect(ToBase32(RandomNumberGenerator.GetBytes(20)));

    /// <summary>The secret in base32, as people type it into an app.</summary>
    public string Readable(string sealedSecret) => _protector.Unprotect(sealedSecret);

    /// <summary>What the QR code says.</summary>
    public string Uri(string sealedSecret, string house, string handle) =>
        $"otpauth://totp/{System.Uri.EscapeDataString(house)}:{handle}?secret={Readable(sealedSecret)}&issuer={System.Uri.EscapeDataString(house)}";

    /// <summary>The time step that <paramref name="code"/> belongs to, or null when it is wrong.</summary>
    public long? StepOf(string sealedSecret, string code)
    {
        var key = FromBase32(Readable(sealedSecret));
        var now = clock.GetUtcNow().ToUnixTimeSeconds() / Seconds;
        long? found = null;
        for (var step = now - 1; step <= now + 1; step++)
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Code(key, step)), Encoding.UTF8.GetBytes(code)))
                found = step;
        return found;
    }

    /// <summary>The code of one step (RFC 4226, 5.3).</summary>
    public static string Code(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // The RFC and the apps say SHA-1; HMAC does not rest on its collision resistance.
        HMACSHA1.HashData(key, counter, hash);
#pragma warning restore CA5350
        var at = hash[^1] & 15;
        var number = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(hash[at..]) & 0x7FFFFFFF;
        return (number % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }

    public static string ToBase32(byte[] bytes)
    {
        var text = new StringBuilder();
        int buffer = 0, bits = 0;
        foreach (var b in bytes)
        {
            buffer = (buffer << 8) | b;
            bits += 8;
            while (bits >= 5) text.Append(Base32[(buffer >> (bits -= 5)) & 31]);
            buffer &= (1 << bits) - 1;
        }

        if (bits > 0) text.Append(Base32[(buffer << (5 - bits)) & 31]);
        return text.ToString();
    }

    public static byte[] FromBase32(string text)
    {
        var bytes = new List<byte>(text.Length * 5 / 8);
        int buffer = 0, bits = 0;
        foreach (var c in text)
        {
            buffer = (buffer << 5) | Base32.IndexOf(c);
            bits += 5;
            if (bits < 8) continue;
            bytes.Add((byte)(buffer >> (bits -= 8)));
            buffer &= (1 << bits) - 1;
        }

        return [.. bytes];
    }
}
