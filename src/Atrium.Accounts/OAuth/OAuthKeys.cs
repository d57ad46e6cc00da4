using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Atrium.Kernel.Modules;
using Microsoft.IdentityModel.Tokens;

namespace Atrium.Accounts.OAuth;

/// <summary>
/// The keys that sign and encrypt what the OAuth server hands out: files in the data folder, named by the day they were made. A new
/// pair is made every 90 days; an old one stays until all that it protected is over. A new one signs from the next day on, when every
/// node has seen it.
/// </summary>
internal sealed class OAuthKeys(HousePaths paths, TimeProvider clock)
{
    private const string Signing = "oauth-signing";
    private const string Encryption = "oauth-encryption";
    private const string Day = "yyyyMMdd";
    private static readonly TimeSpan Rotate = TimeSpan.FromDays(90);
    private static readonly TimeSpan Retire = Rotate + OAuthLifetimes.Refresh + TimeSpan.FromDays(7);

    private readonly Lock _lock = new();
    private string _taken = "";

    /// <summary>The one that signs comes first; the others still prove what they signed.</summary>
    public IReadOnlyList<SigningCredentials> SigningCredentials() => [.. Files(Signing).Select(file =>
    {
        var rsa = RSA.Create();
        rsa.ImportFromPem(File.ReadAllText(file, Encoding.ASCII));
        return new SigningCredentials(new RsaSecurityKey(rsa) { KeyId = Path.GetFileNameWithoutExtension(file) }, SecurityAlgorithms.RsaSha256);
    })];

    /// <inheritdoc cref="SigningCredentials"/>
    public IReadOnlyList<EncryptingCredentials> EncryptingCredentials() => [.. Files(Encryption).Select(file => new EncryptingCredentials(
        new SymmetricSecurityKey(File.ReadAllBytes(file)) { KeyId = Path.GetFileNameWithoutExtension(file) },
        SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512))];

    /// <summary>
    /// Makes keys where there are none or they are old, and removes those that protect nothing any more. True when the keys, or which of
    /// them signs, are not those of the last time.
    /// </summary>
    public bool Refresh()
    {
        lock (_lock)
        {
            Refresh(Signing, "pem", MakeSigning);
            Refresh(Encryption, "key", () => RandomNumberGenerator.GetBytes(32));
            var now = string.Join('|', Files(Signing).Concat(Files(Encryption)));
            if (now == _taken) return false;
            _taken = now;
            return true;
        }
    }

    private void Refresh(string kind, string ending, Func<byte[]> make)
    {
        var today = clock.GetUtcNow();
        var files = Files(kind);
        if (files.Count == 0 || files.Max(MadeOn) + Rotate <= today)
            KeyFile.Make(Path.Combine(paths.Keys, $"{kind}-{today.ToString(Day, CultureInfo.InvariantCulture)}.{ending}"), make());
        foreach (var retired in files.Where(f => MadeOn(f) + Retire <= today)) File.Delete(retired);
    }

    private List<string> Files(string kind)
    {
        var known = clock.GetUtcNow() - TimeSpan.FromDays(1);
        return [.. Directory.EnumerateFiles(paths.Keys, kind + "-????????.???")
            .OrderByDescending(f => MadeOn(f) <= known).ThenByDescending(f => f, StringComparer.Ordinal)];
    }

    private static DateTimeOffset MadeOn(string file) => DateTimeOffset.ParseExact(
        Path.GetFileNameWithoutExtension(file)[^Day.Length..], Day, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static byte[] MakeSigning()
    {
        using var rsa = RSA.Create(2048);
        return Encoding.ASCII.GetBytes(rsa.ExportPkcs8PrivateKeyPem());
    }
}
