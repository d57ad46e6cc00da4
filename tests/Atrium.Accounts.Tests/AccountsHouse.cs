using Atrium.Accounts.Tests;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Settings;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

[assembly: AssemblyFixture(typeof(AccountsHouse))]

namespace Atrium.Accounts.Tests;

/// <summary>The house of most of these tests: open to everyone, and cheap to hash for.</summary>
public class AccountsHouse : TestHouse
{
    public const string Password = Person.Password;

    protected virtual string SignUpMode => AccountSettings.Open;

    protected override bool WorkersRun => false;

    protected override Task OpenedAsync() => SetModeAsync(SignUpMode);

    public Task SetModeAsync(string mode) => InScopeAsync(async services =>
    {
        await services.GetRequiredService<HouseSettings>().ChangeAsync(
            services.GetRequiredService<KernelDb>(), Actor.System, new Dictionary<string, string> { [AccountSettings.SignUp.Key] = mode }, CancellationToken.None);
        return true;
    });

    /// <summary>A browser that nobody has signed in to.</summary>
    public Surfer Surfer() => new(this);

    /// <summary>A member signed in through the page itself, with a real session.</summary>
    internal async Task<Surfer> SignedInAsync(Person person)
    {
        var surfer = Surfer();
        (await surfer.SignInAsync(person.Handle, Person.Password)).LedTo("/");
        return surfer;
    }

    /// <summary>The address that the newest letter to <paramref name="email"/> links to, without the host.</summary>
    public async Task<string> LinkInMailAsync(string email, string path)
    {
        var letters = await this.MailToAsync(email);
        // Under load the letter was not found at once now and then: what is expected is waited for.
        for (var tries = 0; letters.Count == 0 && tries < 50; tries++)
        {
            await Task.Delay(100);
            letters = await this.MailToAsync(email);
        }

        Assert.True(letters.Count > 0, $"No letter came to {email}.");
        var text = letters[^1].TextBody ?? "";
        var start = text.IndexOf(Url + path, StringComparison.Ordinal);
        Assert.True(start >= 0, $"No link to {path} in: {text}");
        return text[(start + Url.Length)..].Split(['\r', '\n', ' '], 2)[0];
    }
}

/// <summary>A house whose clock the test moves.</summary>
public sealed class ClockHouse : AccountsHouse
{
    public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    protected override TimeProvider Clock => Time;
}

/// <summary>A house for tests that change who may sign up.</summary>
public sealed class ModeHouse : AccountsHouse;
