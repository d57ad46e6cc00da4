using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Atrium.Kernel.Outbound;

namespace Atrium.Kernel.Push;

/// <summary>Sends Web Push messages (RFC 8030) through the guarded client.</summary>
/// <param name="contact">Whom push servers may write to: <c>mailto:</c> or the house's https address.</param>
public sealed class PushSender(OutboundHttp http, VapidKey key, TimeProvider time, string contact)
{
    /// <summary>The most bytes one push may carry.</summary>
    public const int Longest = PushEncryption.LongestPlain;

    /// <summary>Sends one message. Never throws for what the other side does.</summary>
    /// <param name="payload">At most <see cref="Longest"/> bytes; usually JSON the service worker reads.</param>
    /// <param name="keep">How long the push server keeps it for a device that sleeps.</param>
    /// <param name="topic">A later message of the same topic replaces a waiting one: at most 32 base64url characters.</param>
    public async Task<PushResult> SendAsync(
        PushSubscription subscription, ReadOnlyMemory<byte> payload, TimeSpan keep, PushUrgency urgency = PushUrgency.Normal, string? topic = null, CancellationToken ct = default)
    {
        if (payload.Length > Longest) return new(PushOutcome.TooLarge, Detail: $"{payload.Length} bytes; {Longest} fit.");
        if (!Uri.TryCreate(subscription.Endpoint, UriKind.Absolute, out var endpoint)) return new(PushOutcome.Gone, Detail: "The endpoint is no address.");

        byte[] body;
        DraftPush? draft = null;
        try
        {
            draft = subscription.Draft ? PushEncryption.EncryptDraft(subscription, payload.Span) : null;
            body = draft?.Body ?? PushEncryption.Encrypt(subscription, payload.Span);
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return new(PushOutcome.Gone, Detail: "The subscription's keys are no keys.");
        }

        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.ContentEncoding.Add(draft is null ? "aes128gcm" : "aesgcm");
        try
        {
            var answer = await http.PostAsync(subscription.Endpoint, content, headers =>
            {
                if (draft is null) headers.TryAddWithoutValidation("Authorization", key.Authorization(endpoint, contact, time.GetUtcNow()));
                else
                {
                    headers.TryAddWithoutValidation("Authorization", "WebPush " + key.Token(endpoint, contact, time.GetUtcNow()));
                    headers.TryAddWithoutValidation("Encryption", "salt=" + draft.Salt);
                    headers.TryAddWithoutValidation("Crypto-Key", $"dh={draft.Key};p256ecdsa={key.PublicKey}");
                }

                headers.TryAddWithoutValidation("TTL", ((long)keep.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture));
                headers.TryAddWithoutValidation("Urgency", Word(urgency));
                if (topic is not null) headers.TryAddWithoutValidation("Topic", topic);
            }, ct: ct);
            return Read(answer);
        }
        catch (OutboundFailure failure)
        {
            var never = failure.Trouble is OutboundTrouble.Address or OutboundTrouble.Closed;
            return new(never ? PushOutcome.Gone : PushOutcome.Failed, Detail: failure.Message);
        }
    }

    private PushResult Read(OutboundAnswer answer) => answer.Status switch
    {
        _ when answer.IsSuccess => new(PushOutcome.Sent),
        HttpStatusCode.NotFound or HttpStatusCode.Gone => new(PushOutcome.Gone),
        HttpStatusCode.RequestEntityTooLarge => new(PushOutcome.TooLarge),
        _ => new(PushOutcome.Failed, answer.Headers.RetryAfter is { } wait ? wait.Delta ?? wait.Date - time.GetUtcNow() : null, $"{(int)answer.Status} {PlainDetail(answer)}"),
    };

    private static string PlainDetail(OutboundAnswer answer) => Text.PlainText.Excerpt(answer.Text(), 200);

    private static string Word(PushUrgency urgency) => urgency switch
    {
        PushUrgency.VeryLow => "very-low",
        PushUrgency.Low => "low",
        PushUrgency.High => "high",
        _ => "normal",
    };
}
