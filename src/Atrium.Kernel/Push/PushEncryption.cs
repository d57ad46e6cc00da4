using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Atrium.Kernel.Push;

/// <summary>Encrypts a push so that only the browser can read it: RFC 8291 over one record of aes128gcm (RFC 8188).</summary>
internal static class PushEncryption
{
    /// <summary>What every push server takes: 4,096 bytes less header, tag and delimiter (RFC 8291, 4).</summary>
    public const int LongestPlain = 3993;

    private const int RecordSize = 4096;
    private const int TagLength = 16;

    /// <summary>Encrypts with a fresh key pair and salt.</summary>
    /// <exception cref="FormatException">The subscription's keys are no keys.</exception>
    public static byte[] Encrypt(PushSubscription subscription, ReadOnlySpan<byte> plain)
    {
        using var sender = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Encrypt(subscription, plain, sender, RandomNumberGenerator.GetBytes(16));
    }

    internal static byte[] Encrypt(PushSubscription subscription, ReadOnlySpan<byte> plain, ECDiffieHellman sender, byte[] salt)
    {
        if (plain.Length > LongestPlain) throw new ArgumentException($"A push carries at most {LongestPlain} bytes.", nameof(plain));
        var receiverPoint = Base64Url.DecodeFromChars(subscription.P256dh.TrimEnd('='));
        var secret = Base64Url.DecodeFromChars(subscription.Auth.TrimEnd('='));
        if (secret.Length != 16) throw new FormatException("The auth secret of a push subscription has 16 bytes.");

        using var receiver = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = Point(receiverPoint) });
        var senderPoint = Point(sender.ExportParameters(false).Q);
        var agreed = sender.DeriveRawSecretAgreement(receiver.PublicKey);

        // RFC 8291, 3.4: the browser's secret is mixed in, bound to both public keys; RFC 8188, 2.2 and 2.3 derive key and nonce.
        byte[] info = [.. "WebPush: info\0"u8, .. receiverPoint, .. senderPoint];
        var input = HKDF.DeriveKey(HashAlgorithmName.SHA256, agreed, 32, secret, info);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 16, salt, [.. "Content-Encoding: aes128gcm\0"u8]);
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 12, salt, [.. "Content-Encoding: nonce\0"u8]);

        var header = 16 + 4 + 1 + senderPoint.Length;
        var body = new byte[header + plain.Length + 1 + TagLength];
        salt.CopyTo(body, 0);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(16), RecordSize);
        body[20] = (byte)senderPoint.Length;
        senderPoint.CopyTo(body, 21);

        byte[] record = [.. plain, 2]; // 2 delimits the last record.
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, record, body.AsSpan(header, record.Length), body.AsSpan(header + record.Length));
        return body;
    }

    /// <summary>
    /// Encrypts as draft-ietf-webpush-encryption-04 says, over aesgcm (draft-ietf-httpbis-encryption-encoding-03): salt and key travel in headers.
    /// </summary>
    public static DraftPush EncryptDraft(PushSubscription subscription, ReadOnlySpan<byte> plain)
    {
        using var sender = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var salt = RandomNumberGenerator.GetBytes(16);
        var receiverPoint = Base64Url.DecodeFromChars(subscription.P256dh.TrimEnd('='));
        var secret = Base64Url.DecodeFromChars(subscription.Auth.TrimEnd('='));
        if (secret.Length != 16) throw new FormatException("The auth secret of a push subscription has 16 bytes.");

        using var receiver = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = Point(receiverPoint) });
        var senderPoint = Point(sender.ExportParameters(false).Q);
        var input = HKDF.DeriveKey(HashAlgorithmName.SHA256, sender.DeriveRawSecretAgreement(receiver.PublicKey), 32, secret, "Content-Encoding: auth\0"u8.ToArray());
        byte[] context = [.. "P-256\0"u8, 0, (byte)receiverPoint.Length, .. receiverPoint, 0, (byte)senderPoint.Length, .. senderPoint];
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 16, salt, [.. "Content-Encoding: aesgcm\0"u8, .. context]);
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 12, salt, [.. "Content-Encoding: nonce\0"u8, .. context]);

        // Two bytes say how much padding follows them: none.
        byte[] record = [0, 0, .. plain];
        var body = new byte[record.Length + TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, record, body.AsSpan(0, record.Length), body.AsSpan(record.Length));
        return new(body, Base64Url.EncodeToString(salt), Base64Url.EncodeToString(senderPoint));
    }

    /// <summary>An uncompressed point (SEC 1, 2.3.3) as coordinates.</summary>
    internal static ECPoint Point(byte[] bytes) => bytes is [4, ..] && bytes.Length == 65
        ? new ECPoint { X = bytes[1..33], Y = bytes[33..] }
        : throw new FormatException("A push key is an uncompressed P-256 point.");

    internal static byte[] Point(ECPoint point) => [4, .. point.X!, .. point.Y!];
}

/// <summary>A push in the older encoding.</summary>
/// <param name="Salt">base64url, for the <c>Encryption</c> header.</param>
/// <param name="Key">base64url, for the <c>Crypto-Key</c> header.</param>
internal sealed record DraftPush(byte[] Body, string Salt, string Key);
