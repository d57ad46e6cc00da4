using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Atrium.Accounts.OAuth;
using Atrium.Kernel;
using Atrium.Kernel.Modules;

namespace Atrium.Accounts.AppPasswords;

/// <summary>
/// The key from which app passwords are derived. It lies beside the database, never in it: who steals the database alone has no
/// password, and challenge schemes that need the plain password still work.
/// </summary>
internal sealed class AppPasswordKey(HousePaths paths)
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";
    private const int Bytes = 20;
    private const int Group = 4;

    private readonly Lazy<byte[]> _key = new(() => KeyFile.ReadOrMake(Path.Combine(paths.Keys, "app-passwords.key"), () => RandomNumberGenerator.GetBytes(32)));

    /// <summary>The password of <paramref name="id"/>: 160 bits, as eight groups of four letters.</summary>
    public string Derive(Id<AppPassword> id, Id<Member> member)
    {
        Span<byte> message = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(message, id.Value);
        BinaryPrimitives.WriteInt64BigEndian(message[8..], member.Value);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key.Value, message, mac);
        return Spell(mac[..Bytes]);
    }

    /// <summary>What was typed, as it is compared: without groups, in small letters.</summary>
    public static string Plain(string typed) => typed.Replace("-", "").Replace(" ", "").ToLowerInvariant();

    // Base32 (RFC 4648, 6) in small letters; 160 bits need no padding.
    private static string Spell(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        int bits = 0, held = 0, written = 0;
        foreach (var one in bytes)
        {
            held = (held << 8) | one;
            bits += 8;
            while (bits >= 5)
            {
                if (written > 0 && written % Group == 0) text.Append('-');
                text.Append(Letters[(held >> (bits - 5)) & 31]);
                bits -= 5;
                written++;
            }

            held &= (1 << bits) - 1;
        }

        return text.ToString();
    }
}
