using Atrium.Testing;

namespace Atrium.Browser.Tests;

/// <summary>A house whose members sign in at its own page.</summary>
public class AccountsBrowserHouse : TestHouse
{
    /// <summary>The same house by a name: passkeys do not work on a bare address.</summary>
    public string Named => Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    /// <summary>Where the newest letter to somebody leads, without the host.</summary>
    public async Task<string> LinkInMailAsync(string email, string path)
    {
        // The house's own worker may be writing the letter in this moment.
        for (var tries = 0; ; tries++)
        {
            var text = (await this.MailToAsync(email)).LastOrDefault(m => m.TextBody?.Contains(path, StringComparison.Ordinal) == true)?.TextBody;
            Assert.True(text is not null || tries < 200, $"No letter to {email} leads to {path}.");
            if (text is not null) return path + text[(text.IndexOf(path, StringComparison.Ordinal) + path.Length)..].Split(['\r', '\n', ' '], 2)[0];
            await Task.Yield();
        }
    }
}

/// <summary>The same before anybody lives in it.</summary>
public sealed class EmptyHouse : AccountsBrowserHouse;
