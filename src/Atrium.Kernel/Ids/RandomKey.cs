using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Atrium.Kernel;

/// <summary>Unguessable keys for links, tokens and anonymous records. The house keeps only their hash.</summary>
public static class RandomKey
{
    /// <summary>A new key of <paramref name="bytes"/> random bytes (at least 16), as base64url text.</summary>
    public static string New(int bytes = 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 16);
        return Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));
    }

    /// <summary>SHA-256 of a key, as base64url text: enough for a key that is random through and through.</summary>
    public static string Hash(string key) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
