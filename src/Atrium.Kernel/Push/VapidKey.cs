using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Atrium.Kernel.Push;

/// <summary>The key by which push servers know this house (RFC 8292). Made once, kept as a PEM file only the server's user can read.</summary>
public sealed class VapidKey : IDisposable
{
    private readonly ECDsa _key;
    private readonly Lock _signing = new();

    internal VapidKey(ECDsa key)
    {
        _key = key;
        PublicKey = Base64Url.EncodeToString(PushEncryption.Point(key.ExportParameters(false).Q));
    }

    /// <summary>The public key, base64url: the page passes it to <c>pushManager.subscribe</c> as <c>applicationServerKey</c>.</summary>
    public string PublicKey { get; }

    /// <summary>Reads the key at <paramref name="path"/>, or makes one. Two processes that start at once end with the same key.</summary>
    public static VapidKey Open(string path)
    {
        if (!File.Exists(path)) Make(path);

        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(path));
        return new(key);
    }

    /// <summary>The Authorization header of one push: a JWT signed with ES256 (RFC 8292, 2 and 3).</summary>
    /// <param name="endpoint">The push server's origin is the audience.</param>
    /// <param name="contact">Whom its operators may write to: <c>mailto:</c> or https.</param>
    public string Authorization(Uri endpoint, string contact, DateTimeOffset now) => $"vapid t={Token(endpoint, contact, now)}, k={PublicKey}";

    /// <summary>The signed token alone.</summary>
    internal string Token(Uri endpoint, string contact, DateTimeOffset now)
    {
        var header = Part(new { typ = "JWT", alg = "ES256" });
        // The most a server accepts is 24 hours; half leaves room for clocks.
        var claims = Part(new { aud = endpoint.GetLeftPart(UriPartial.Authority), exp = now.AddHours(12).ToUnixTimeSeconds(), sub = contact });
        byte[] signature;
        lock (_signing) signature = _key.SignData(Encoding.ASCII.GetBytes($"{header}.{claims}"), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{header}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    public void Dispose() => _key.Dispose();

    private static void Make(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // The system gives the lock back when its holder dies. A rename alone would let the second maker win over the first's readers.
        FileStream? held = null;
        if (!SpinWait.SpinUntil(() => (held = Lock(path + ".lock")) is not null, TimeSpan.FromSeconds(20))) throw new IOException($"{path}.lock is held by another process.");
        using (held)
        {
            if (File.Exists(path)) return;
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            Write(path, made.ExportPkcs8PrivateKeyPem());
        }
    }

    private static FileStream? Lock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static void Write(string path, string pem)
    {
        var temporary = $"{path}.{RandomKey.New()}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options))
        {
            file.Write(Encoding.ASCII.GetBytes(pem));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path);
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
