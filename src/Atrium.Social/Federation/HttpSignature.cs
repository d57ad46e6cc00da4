using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Atrium.Social;

/// <summary>
/// A signature found on a request: draft-cavage-http-signatures-12, as the fediverse sends it, or RFC 9421. Holds what was signed; whether the key's
/// owner signed it is asked with <see cref="IsBy(Account)"/>.
/// </summary>
/// <param name="Texts">What may have been signed: some servers leave the query out.</param>
/// <param name="At">When it was made, as far as it says.</param>
/// <param name="Covered">Names of what it covers, lower case.</param>
/// <param name="Algorithm">Empty where it leaves that to the key.</param>
internal sealed record HttpSignature(string KeyId, IReadOnlyList<string> Texts, byte[] Value, DateTimeOffset? At, IReadOnlySet<string> Covered, string Algorithm)
{
    private const int LongestHeader = 8 * 1024;

    /// <summary>The first readable signature of a request; null when there is none.</summary>
    public static HttpSignature? Read(SignedMessage message)
    {
        if (message.Header("Signature") is not { Length: > 0 and < LongestHeader } signature) return null;
        return message.Header("Signature-Input") is { Length: > 0 and < LongestHeader } input ? Rfc9421.Read(message, input, signature) : Cavage.Read(message, signature);
    }

    /// <summary>Was it made with the private half of the key that this account has under the name the signature gives?</summary>
    public bool IsBy(Account account) => KeyId == account.PublicKeyId ? account.PublicKeyPem is { } pem && IsBy(pem)
        : KeyId == account.Ed25519KeyId && account.Ed25519PublicKey is { } key && Algorithm is "" or "ed25519" && Texts.Any(text => Ed25519.IsBy(key, Encoding.UTF8.GetBytes(text), Value));

    /// <summary>Was it made with the private half of this key?</summary>
    /// <param name="pem">An RSA public key.</param>
    public bool IsBy(string pem)
    {
        if (Algorithm == "ed25519") return false;
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            if (rsa.KeySize is < 1024 or > 8192) return false;
            var (hash, padding) = Algorithm == "rsa-pss-sha512" ? (HashAlgorithmName.SHA512, RSASignaturePadding.Pss) : (HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return Texts.Any(text => rsa.VerifyData(Encoding.UTF8.GetBytes(text), Value, hash, padding));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    internal static DateTimeOffset? Moment(string? seconds) =>
        long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var unix) && unix < 100_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(unix) : null;

    internal static byte[]? Base64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
