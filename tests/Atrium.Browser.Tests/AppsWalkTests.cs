using Atrium.Contracts.Accounts;
using Atrium.Testing;
using Duende.IdentityModel.OidcClient;
using Duende.IdentityModel.OidcClient.Browser;
using Duende.IdentityModel.OidcClient.Results;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Microsoft.Playwright;

namespace Atrium.Browser.Tests;

/// <summary>Apps: registered at a page, allowed at a page, used by a stock OpenID library, seen and ended; and keys that a member makes for themselves.</summary>
public sealed class AppsWalkTests(AccountsBrowserHouse house, Testing.Browser browser) : IClassFixture<AccountsBrowserHouse>, IClassFixture<Testing.Browser>
{
    private const string Callback = "http://127.0.0.1:47832/callback";

    [Fact]
    public async Task A_stock_library_signs_a_member_in_by_code_and_pkce_until_it_is_ended()
    {
        var (maker, member) = (await house.PersonAsync("maker"), await house.PersonAsync("mila"));
        var mila = await Walker.AtAsync(house, browser);
        // The library asks before anybody is signed in: the way leads through the door and on to the question.
        var login = await Client(await RegisterAsync(maker), mila, member.Handle).LoginAsync(new LoginRequest(), TestContext.Current.CancellationToken);
        Assert.False(login.IsError, $"{login.Error} {login.ErrorDescription}");
        Assert.Equal(member.Id.ToString(), login.User.FindFirst("sub")?.Value);
        Assert.Equal(member.Handle, login.User.FindFirst("preferred_username")?.Value);
        Assert.Equal(200, await CallAsync(login.AccessToken));

        await mila.GoAsync("/settings/apps");
        await mila.SeesAsync("Herbarium");
        await mila.SeesAsync("See your profile, settings and groups");
        await mila.ClickAsync("End Herbarium", "End it");
        await mila.SeesAsync("No apps yet");
        Assert.Equal(401, await CallAsync(login.AccessToken));
    }

    [Fact]
    public async Task Who_says_no_sends_the_app_away()
    {
        var (maker, member) = (await house.PersonAsync("maker"), await house.PersonAsync("nils"));
        var nils = await Walker.AtAsync(house, browser);
        var login = await Client(await RegisterAsync(maker), nils, member.Handle, "Do not allow").LoginAsync(new LoginRequest(), TestContext.Current.CancellationToken);
        Assert.Equal("access_denied", login.Error);
    }

    [Fact]
    public async Task A_token_and_an_app_password_are_made_shown_once_used_and_ended()
    {
        var member = await house.PersonAsync("tilda");
        var tilda = await Walker.AtAsync(house, browser);
        await tilda.SignInAsync(member.Handle, next: "/settings/apps");
        await tilda.ArrivesAsync("/settings/apps");
        await tilda.Page.Locator("#token-form").GetByLabel("What it is for").FillAsync("Backup script");
        await tilda.Page.GetByLabel("See your profile, settings and groups").CheckAsync();
        await tilda.ClickAsync("Make a token");
        var token = await tilda.ReadAsync("Token");
        Assert.Equal(200, await CallAsync(token));

        await tilda.GoAsync("/settings/apps");
        await tilda.SeesAsync(token[^4..]);
        await tilda.ClickAsync("End Backup script", "End it");
        await Assertions.Expect(tilda.Page.GetByText("Backup script").Filter(new() { Visible = true })).ToHaveCountAsync(0);
        Assert.Equal(401, await CallAsync(token));

        await tilda.Page.Locator("#password-form").GetByLabel("What it is for").FillAsync("Phone");
        await tilda.ClickAsync("Make an app password");
        var password = await tilda.ReadAsync("App password");
        Assert.Equal(member.Handle, await tilda.ReadAsync("User name"));
        Assert.Equal(member.Id, (await VerifyAsync(member.Handle, password))?.MemberId);
        await tilda.GoAsync("/settings/apps");
        await tilda.ClickAsync("End Phone", "End it");
        await Assertions.Expect(tilda.Page.GetByRole(AriaRole.Button, new() { Name = "End Phone" })).ToHaveCountAsync(0);
        Assert.Null(await VerifyAsync(member.Handle, password));
    }

    /// <summary>Registers an app at the developer's page and answers its client id.</summary>
    private async Task<string> RegisterAsync(Person maker)
    {
        var walker = await Walker.AtAsync(house, browser);
        await walker.SignInAsync(maker.Handle, next: "/settings/developer");
        await walker.ArrivesAsync("/settings/developer");
        await walker.FillAsync("Name", "Herbarium");
        await walker.Page.Locator("[name=redirect_uris]").FillAsync("http://127.0.0.1/callback");
        await walker.ClickAsync("Register app");
        var id = await walker.ReadAsync("Client id");
        await walker.Page.Context.CloseAsync();
        return id;
    }

    private OidcClient Client(string clientId, Walker at, string handle, string answer = "Allow Herbarium") => new(new OidcClientOptions
    {
        Authority = house.Named,
        ClientId = clientId,
        Scope = "openid profile offline_access profile:read",
        RedirectUri = Callback,
        Browser = new MemberAtBrowser(at, handle, answer),
        IdentityTokenValidator = new Validator(house),
        DisablePushedAuthorization = true,
    });

    private async Task<int> CallAsync(string token)
    {
        using var program = house.Stranger();
        return (int)(await program.GetAsync("/api/accounts/me", ("Authorization", "Bearer " + token))).Status;
    }

    private Task<Kernel.Actor?> VerifyAsync(string handle, string password) =>
        house.InScopeAsync(s => s.GetRequiredService<IAppPasswords>().VerifyAsync(handle, password, "Phone", CancellationToken.None));

    private sealed class MemberAtBrowser(Walker at, string handle, string answer) : Duende.IdentityModel.OidcClient.Browser.IBrowser
    {
        public async Task<BrowserResult> InvokeAsync(BrowserOptions options, CancellationToken cancellationToken = default)
        {
            await at.Page.RouteAsync("http://127.0.0.1:47832/**", route => route.FulfillAsync(new() { Body = "Back in the app." }));
            await at.Page.GotoAsync(options.StartUrl);
            await at.FillAsync("Handle or e-mail address", handle);
            await at.FillAsync("Password", Person.Password);
            await at.ClickAsync("Sign in");
            await at.ClickAsync(answer);
            await at.Page.WaitForURLAsync("http://127.0.0.1:47832/**");
            return new() { ResultType = BrowserResultType.Success, Response = at.Page.Url };
        }
    }

    /// <summary>Checks signature, issuer and audience by what discovery says.</summary>
    private sealed class Validator(AccountsBrowserHouse house) : IIdentityTokenValidator
    {
        public async Task<IdentityTokenValidationResult> ValidateAsync(string identityToken, OidcClientOptions options, CancellationToken cancellationToken = default)
        {
            using var program = house.Stranger();
            var keys = await program.GetAsync("/.well-known/jwks");
            var result = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(identityToken, new TokenValidationParameters
            {
                ValidIssuer = options.ProviderInformation.IssuerName, ValidAudience = options.ClientId, IssuerSigningKeys = new JsonWebKeySet(keys.Body).GetSigningKeys(),
            });
            return result.IsValid ? new() { User = new(result.ClaimsIdentity), SignatureAlgorithm = "RS256" } : new() { Error = result.Exception.Message };
        }
    }
}
