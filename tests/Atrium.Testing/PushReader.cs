using System.Buffers.Binary;
using System.Security.Cryptography;
using Xunit;

namespace Atrium.Testing;

/// <summary>The browser's side, from RFC 8188 and 8291, with HMAC alone where the sender uses HKDF.</summary>
public static class PushReader
{
    /// <summary>What a push says to the browser that holds these keys.</summary>
    public static byte[] Read(byte[] body, ECDiffieHellman me, byte[] secret)
    {
        var salt = body[..16];
        Assert.True(BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(16)) >= 18);
        var idLength = body[20];
        var sender = body[21..(21 + idLength)];
        var record = body[(21 + idLength)..];

        using var theirs = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = sender[1..33], Y = sender[33..65] } });
        var shared = me.DeriveRawSecretAgreement(theirs.PublicKey);
        var mine = me.ExportParameters(false).Q;
        var ikm = Expand(HMACSHA256.HashData(secret, shared), [.. "WebPush: info"u8, 0, 4, .. mine.X!, .. mine.Y!, .. sender], 32);
        var prk = HMACSHA256.HashData(salt, ikm);
        var key = Expand(prk, [.. "Content-Encoding: aes128gcm"u8, 0], 16);
        var nonce = Expand(prk, [.. "Content-Encoding: nonce"u8, 0], 12);

        var plain = new byte[record.Length - 16];
        using var aes = new AesGcm(key, 16);
        aes.Decrypt(nonce, record.AsSpan(0, plain.Length), record.AsSpan(plain.Length), plain);
        var end = Array.FindLastIndex(plain, b => b != 0);
        Assert.Equal(2, plain[end]);
        return plain[..end];
    }

    private static byte[] Expand(byte[] prk, byte[] info, int length) => HMACSHA256.HashData(prk, (byte[])[.. info, 1])[..length];
}
