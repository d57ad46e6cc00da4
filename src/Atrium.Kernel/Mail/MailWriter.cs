using System.Text;
using MimeKit;
using MimeKit.Utils;

namespace Atrium.Kernel.Mail;

/// <summary>Turns a <see cref="MailMessage"/> into what travels (RFC 5322). No value can start a header of its own.</summary>
internal sealed class MailWriter(MailOptions options, TimeProvider time)
{
    public MimeMessage Write(MailMessage mail)
    {
        var message = new MimeMessage();
        var from = Mailbox(new MailAddress(options.From, options.FromName));
        message.From.Add(from);
        message.To.Add(Mailbox(mail.To));
        if (mail.ReplyTo is { } reply) message.ReplyTo.Add(Mailbox(reply));
        message.Subject = Line(mail.Subject, 200);
        message.Date = time.GetUtcNow();
        message.MessageId = mail.Key is { } key ? $"{Token(key)}@{from.Domain}" : MimeUtils.GenerateMessageId(from.Domain);
        if (mail.Thread is { } thread) message.References.Add($"{Token(thread)}@{from.Domain}");
        if (mail.Automatic) message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        if (mail.Unsubscribe is { } unsubscribe)
        {
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<{unsubscribe.AbsoluteUri}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        var text = new TextPart("plain") { Text = mail.Text };
        message.Body = mail.Html is null ? text : new MultipartAlternative { text, new TextPart("html") { Text = mail.Html } };
        return message;
    }

    private static MailboxAddress Mailbox(MailAddress address)
    {
        var written = address.Address.Trim();
        if (written.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is ',' or ';' or '<' or '>') || written.Count(c => c == '@') != 1 || written[0] == '@' || written[^1] == '@')
            throw new MailRefusedException($"“{Line(address.Address, 80)}” is not an e-mail address.");
        return new MailboxAddress(Encoding.UTF8, address.Name is null ? null : Line(address.Name, 100), written);
    }

    private static string Line(string text, int longest) => global::Atrium.Kernel.Text.PlainText.Excerpt(text, longest);

    private static string Token(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') && text.Length is > 0 and <= 100
        ? text
        : throw new ArgumentException("A mail's key has letters, digits, dots and dashes only.", nameof(text));
}
