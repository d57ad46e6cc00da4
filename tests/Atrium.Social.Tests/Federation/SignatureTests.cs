using System.Security.Cryptography;
using System.Text;

namespace Atrium.Social.Tests.Federation;

/// <summary>Signatures against the examples of the drafts and the standard, and against what is made here.</summary>
public sealed class SignatureTests
{
    private static readonly Dictionary<string, string> Example = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Host"] = "example.com", ["Date"] = "Sun, 05 Jan 2014 21:31:40 GMT", ["Content-Type"] = "application/json", ["Digest"] = "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=", ["Content-Length"] = "18",
    };

    [Fact]
    public void The_signing_string_is_the_one_of_the_drafts_appendix()
    {
        var read = Cavage.Read(
            Message(Example), "keyId=\"Test\",algorithm=\"rsa-sha256\",headers=\"(request-target) host date content-type digest content-length\",signature=\"AAAA\"");
        Assert.Equal(
            "(request-target): post /foo?param=value&pet=dog\nhost: example.com\ndate: Sun, 05 Jan 2014 21:31:40 GMT\ncontent-type: application/json\ndigest: SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=\ncontent-length: 18",
            read!.Texts[0]);
        Assert.StartsWith("(request-target): post /foo\n", read.Texts[1]);
        Assert.Equal(new DateTimeOffset(2014, 1, 5, 21, 31, 40, TimeSpan.Zero), read.At);
        Assert.Null(Cavage.Read(Message(Example), "keyId=\"Test\",headers=\"(request-target) missing\",signature=\"AAAA\""));
        Assert.Null(Cavage.Read(Message(Example), "keyId=\"Test\",algorithm=\"hmac-sha256\",signature=\"AAAA\""));
    }

    [Fact]
    public void The_signature_base_is_the_one_of_RFC_9421()
    {
        // RFC 9421, 2.5, without its digest.
        var read = Rfc9421.Read(
            Message(Example), "sig1=(\"@method\" \"@authority\" \"@path\" \"content-length\" \"content-type\");created=1618884473;keyid=\"test-key-rsa\"", "sig1=:AAAA:");
        Assert.Equal(
            "\"@method\": POST\n\"@authority\": example.com\n\"@path\": /foo\n\"content-length\": 18\n\"content-type\": application/json\n\"@signature-params\": (\"@method\" \"@authority\" \"@path\" \"content-length\" \"content-type\");created=1618884473;keyid=\"test-key-rsa\"",
            Assert.Single(read!.Texts));
        Assert.Equal(1618884473, read.At!.Value.ToUnixTimeSeconds());
        Assert.Null(Rfc9421.Read(Message(Example), "sig1=(\"@method\" \"@nonsense\");created=1;keyid=\"k\"", "sig1=:AAAA:"));
        Assert.Null(Rfc9421.Read(Message(Example), "sig1=(\"@method\");created=1;keyid=\"k\";alg=\"ecdsa-p256-sha256\"", "sig1=:AAAA:"));
        Assert.Null(Rfc9421.Read(Message(Example), "sig1=(\"@method\");created=1;keyid=\"k\"", "sig2=:AAAA:"));
    }

    [Fact]
    public void What_is_signed_here_is_read_here_and_by_nobody_elses_key()
    {
        using var rsa = RSA.Create(2048);
        using var other = RSA.Create(2048);
        var (target, body) = (new Uri("https://example.com/foo?param=value&pet=dog"), "{}"u8.ToArray());
        var headers = new Dictionary<string, string>(Cavage.Sign("POST", target, body, "application/json", new("https://a.example/actor#main-key", rsa.ExportPkcs8PrivateKeyPem()), DateTimeOffset.UnixEpoch), StringComparer.OrdinalIgnoreCase)
        {
            ["Host"] = "example.com", ["Content-Type"] = "application/json",
        };
        var read = HttpSignature.Read(Message(headers))!;
        Assert.Equal("https://a.example/actor#main-key", read.KeyId);
        Assert.True(read.IsBy(rsa.ExportSubjectPublicKeyInfoPem()));
        Assert.False(read.IsBy(other.ExportSubjectPublicKeyInfoPem()));
        Assert.False(read.IsBy("no key"));
        headers["Host"] = "example.org";
        Assert.False(HttpSignature.Read(Message(headers))!.IsBy(rsa.ExportSubjectPublicKeyInfoPem()));
    }

    [Theory]
    [InlineData("rsa-v1_5-sha256")]
    [InlineData("rsa-pss-sha512")]
    public void A_message_signature_holds_only_for_its_own_message(string algorithm)
    {
        using var rsa = RSA.Create(2048);
        const string Parameters = "(\"@method\" \"@target-uri\" \"content-digest\");created=1618884473;keyid=\"k\"";
        var given = $"{Parameters};alg=\"{algorithm}\"";
        var text = Encoding.UTF8.GetBytes($"\"@method\": POST\n\"@target-uri\": https://example.com/foo?param=value&pet=dog\n\"content-digest\": sha-256=:x:\n\"@signature-params\": {given}");
        var value = algorithm == "rsa-pss-sha512" ? rsa.SignData(text, HashAlgorithmName.SHA512, RSASignaturePadding.Pss) : rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Digest"] = "sha-256=:x:", ["Signature-Input"] = "sig1=" + given, ["Signature"] = $"sig1=:{Convert.ToBase64String(value)}:" };
        Assert.True(HttpSignature.Read(Message(headers))!.IsBy(rsa.ExportSubjectPublicKeyInfoPem()));
        headers["Content-Digest"] = "sha-256=:y:";
        Assert.False(HttpSignature.Read(Message(headers))!.IsBy(rsa.ExportSubjectPublicKeyInfoPem()));
    }

    [Fact]
    public void Broken_headers_are_no_signature()
    {
        foreach (var header in (string[])["", "x", "keyId=", "keyId=\"a\",signature=\"***\"", "sig1=:AA", new string(',', 9000)])
            Assert.Null(HttpSignature.Read(Message(new() { ["Signature"] = header })));
    }

    private static SignedMessage Message(Dictionary<string, string> headers) =>
        new("POST", "https://example.com", "/foo", "?param=value&pet=dog", name => headers.TryGetValue(name, out var value) ? value : null);
}
