using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Atrium.Kernel.Push;
using Atrium.Testing;

namespace Atrium.Kernel.Tests.Push;

public sealed class PushEncryptionTests
{
    // RFC 8291, appendix A.
    private const string ReceiverPublic = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    private const string ReceiverPrivate = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
    private const string SenderPublic = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
    private const string SenderPrivate = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
    private const string AuthSecret = "BTBZMqHH6r4Tts7J_aSIgg";
    private const string Salt = "DGv6ra1nlYgDCS1FRnbzlw";
    private const string Expected =
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

    [Fact]
    public void The_example_of_the_rfc_comes_out_byte_for_byte()
    {
        var body = PushEncryption.Encrypt(
            new("https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV", ReceiverPublic, AuthSecret),
            "When I grow up, I want to be a watermelon"u8, Key(SenderPublic, SenderPrivate), Base64Url.DecodeFromChars(Salt));
        Assert.Equal(Expected, Base64Url.EncodeToString(body));
    }

    [Fact]
    public void A_receiver_written_from_the_rfc_reads_what_is_sent_and_nobody_else()
    {
        using var receiver = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var secret = RandomNumberGenerator.GetBytes(16);
        var subscription = SubscriptionOf(receiver, secret);
        foreach (var length in new[] { 0, 1, 100, PushEncryption.LongestPlain })
        {
            var plain = RandomNumberGenerator.GetBytes(length);
            var body = PushEncryption.Encrypt(subscription, plain);
            Assert.True(body.Length <= 4096);
            Assert.Equal(plain, PushReader.Read(body, receiver, secret));
            body[^1] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => PushReader.Read(body, receiver, secret));
        }
    }

    [Fact]
    public void The_receiver_reads_the_example_of_the_rfc() =>
        Assert.Equal("When I grow up, I want to be a watermelon", Encoding.UTF8.GetString(PushReader.Read(Base64Url.DecodeFromChars(Expected), Key(ReceiverPublic, ReceiverPrivate), Base64Url.DecodeFromChars(AuthSecret))));

    [Theory]
    [InlineData("", AuthSecret)]
    [InlineData("AAAA", AuthSecret)]
    [InlineData(ReceiverPublic, "AAAA")]
    public void Keys_that_are_none_are_told_apart(string key, string secret) =>
        Assert.Throws<FormatException>(() => PushEncryption.Encrypt(new("https://x.example", key, secret), "x"u8));

    [Fact]
    public void A_point_off_the_curve_is_refused()
    {
        var off = new byte[65];
        off[0] = 4;
        off[64] = 7;
        Assert.ThrowsAny<CryptographicException>(() => PushEncryption.Encrypt(new("https://x.example", Base64Url.EncodeToString(off), AuthSecret), "x"u8));
    }

    internal static PushSubscription SubscriptionOf(ECDiffieHellman receiver, byte[] secret, string endpoint = "https://push.example/1") =>
        new(endpoint, Base64Url.EncodeToString(PushEncryption.Point(receiver.ExportParameters(false).Q)), Base64Url.EncodeToString(secret));

    private static ECDiffieHellman Key(string publicKey, string privateKey) => ECDiffieHellman.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256, Q = PushEncryption.Point(Base64Url.DecodeFromChars(publicKey)), D = Base64Url.DecodeFromChars(privateKey),
    });
}
