using NSec.Cryptography;

namespace Atrium.Social;

/// <summary>Ed25519 keys as actors publish them: Multikey (FEP-521a), the public half in multibase (base58btc, multicodec <c>ed25519-pub</c>).</summary>
internal static class Ed25519
{
    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static readonly SignatureAlgorithm Algorithm = SignatureAlgorithm.Ed25519;

    // Multicodec ed25519-pub, as a varint.
    private static ReadOnlySpan<byte> Prefix => [0xED, 0x01];

    /// <summary>A new pair: the private half as Base64, the public one in multibase.</summary>
    public static (string Secret, string Multibase) New()
    {
        using var key = Key.Create(Algorithm, new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });
        return (Convert.ToBase64String(key.Export(KeyBlobFormat.RawPrivateKey)), Write(key.PublicKey.Export(KeyBlobFormat.RawPublicKey)));
    }

    public static byte[] Sign(string secret, byte[] text)
    {
        using var key = Key.Import(Algorithm, Convert.FromBase64String(secret), KeyBlobFormat.RawPrivateKey);
        return Algorithm.Sign(key, text);
    }

    public static bool IsBy(string multibase, byte[] text, byte[] signature) =>
        Read(multibase) is { } bytes && PublicKey.TryImport(Algorithm, bytes, KeyBlobFormat.RawPublicKey, out var key) && key is not null && Algorithm.Verify(key, text, signature);

    /// <summary>The 32 bytes of a key; null when it is none of this kind.</summary>
    public static byte[]? Read(string multibase)
    {
        if (multibase.Length is < 40 or > 60 || multibase[0] != 'z') return null;
        var number = System.Numerics.BigInteger.Zero;
        foreach (var sign in multibase.AsSpan(1))
        {
            var digit = Alphabet.IndexOf(sign, StringComparison.Ordinal);
            if (digit < 0) return null;
            number = (number * Alphabet.Length) + digit;
        }

        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return bytes.Length == 34 && bytes.AsSpan().StartsWith(Prefix) ? bytes[2..] : null;
    }

    private static string Write(byte[] key)
    {
        var number = new System.Numerics.BigInteger([.. Prefix, .. key], isUnsigned: true, isBigEndian: true);
        var text = "";
        while (!number.IsZero)
        {
            number = System.Numerics.BigInteger.DivRem(number, Alphabet.Length, out var digit);
            text = Alphabet[(int)digit] + text;
        }

        return "z" + text;
    }
}
