namespace Atrium.Kernel.Mail;

/// <summary>A mailbox: an address, and whose it is.</summary>
public sealed record MailAddress(string Address, string? Name = null);

/// <summary>One mail to one reader, ready to send.</summary>
/// <param name="Html">The whole document; null sends text alone.</param>
public sealed record MailMessage(MailAddress To, string Subject, string Text, string? Html = null)
{
    /// <summary>Where a mail program unsubscribes with one POST (RFC 8058); an https address that needs no sign-in.</summary>
    public Uri? Unsubscribe { get; init; }

    public MailAddress? ReplyTo { get; init; }

    /// <summary>Groups mails into a thread: the same value gives the same References. Letters, digits, dots and dashes.</summary>
    public string? Thread { get; init; }

    /// <summary>Sending again with the same key gives the same Message-ID, so that a reader's server can drop the second. Like <see cref="Thread"/>.</summary>
    public string? Key { get; init; }

    /// <summary>Made by a program for many: answers from holiday programs are unwanted (RFC 3834). True unless said.</summary>
    public bool Automatic { get; init; } = true;
}

/// <summary>Sends mail. Throws when it could not be handed over; the outbox tries again.</summary>
public interface IMailSender
{
    /// <exception cref="MailRefusedException">The address or the mail will never be taken: trying again helps nothing.</exception>
    Task SendAsync(MailMessage mail, CancellationToken ct = default);
}

/// <summary>A mail server said no for good.</summary>
public sealed class MailRefusedException(string message, Exception? inner = null) : Exception(message, inner);
