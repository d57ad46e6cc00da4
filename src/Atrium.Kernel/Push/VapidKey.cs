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
        if (!File.Exists(path))
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            Write(path, made.ExportPkcs8PrivateKeyPem());
        }

        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(path));
        return new(key);
    }

    /// <summary>The Authorization header of one push: a JWT signed with ES256 (RFC 8292, 2 and 3).</summary>
    /// <param name="endpoint">The push server's origin is the audience.</param>
    /// <param name="contact">Whom its operators may write to: <c>mailto:</c> or https.</param>
    public string Authorization(Uri endpoint, string contact, DateTimeOffset now)
    {
        var header = Part(new { typ = "JWT", alg = "ES256" });
        // The most a server accepts is 24 hours; half leaves room for clocks.
        var claims = Part(new { aud = endpoint.GetLeftPart(UriPartial.Authority), exp = now.AddHours(12).ToUnixTimeSeconds(), sub = contact });
        byte[] signature;
        lock (_signing) signature = _key.SignData(Encoding.ASCII.GetBytes($"{header}.{claims}"), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"vapid t={header}.{claims}.{Base64Url.EncodeToString(signature)}, k={PublicKey}";
    }

    public void Dispose() => _key.Dispose();

    private static void Write(string path, string pem)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{RandomKey.New()}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options))
        {
            file.Write(Encoding.ASCII.GetBytes(pem));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary); // Another process was first; its key is the key.
        }
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
