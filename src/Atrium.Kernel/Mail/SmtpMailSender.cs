using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Atrium.Kernel.Mail;

/// <summary>Hands mail to a server, one connection for each: mails are rare, and a kept connection goes stale unseen.</summary>
internal sealed class SmtpMailSender(MailOptions options, MailWriter writer) : IMailSender
{
    public async Task SendAsync(MailMessage mail, CancellationToken ct = default)
    {
        using var message = writer.Write(mail);
        using var client = new SmtpClient { Timeout = (int)options.Smtp.Timeout.TotalMilliseconds };
        await client.ConnectAsync(options.Smtp.Host!, options.Smtp.Port, Security(), ct);
        if (!string.IsNullOrEmpty(options.Smtp.User)) await client.AuthenticateAsync(options.Smtp.User, options.Smtp.Password ?? "", ct);
        try
        {
            await client.SendAsync(message, ct);
        }
        catch (SmtpCommandException e) when ((int)e.StatusCode >= 500 && e.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted)
        {
            throw new MailRefusedException($"The mail server refused the mail: {e.Message}", e);
        }

        try
        {
            await client.DisconnectAsync(quit: true, ct);
        }
        catch (Exception e) when (e is IOException or ProtocolException or CommandException)
        {
            // The mail is handed over; a farewell that fails is no failure, and sending again would send it twice.
        }
    }

    private SecureSocketOptions Security() => options.Smtp.Security.ToLowerInvariant() switch
    {
        "tls" => SecureSocketOptions.SslOnConnect,
        "none" => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };
}
