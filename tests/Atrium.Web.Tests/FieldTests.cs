using Atrium.Kernel;
using Microsoft.AspNetCore.Components;

namespace Atrium.Web.Tests;

public sealed class FieldTests
{
    private static readonly FormState Sent = FormState.Of(
        [new("name", "<b>Typed</b>"), new("secret", "hidden"), new("colour", "red"), new("days", "mon"), new("days", "wed")],
        [new("name", "A name has no angle."), new("", "The whole is odd.")]);

    private static RenderFragment Inside<T>(FormState state, object parameters, string? id = null) where T : IComponent => builder =>
    {
        builder.OpenComponent<Form>(0);
        builder.AddComponentParameter(1, "Action", "/x");
        builder.AddComponentParameter(2, "State", state);
        builder.AddComponentParameter(3, "Id", id);
        builder.AddComponentParameter(4, "ChildContent", (RenderFragment)(inner =>
        {
            inner.OpenComponent<T>(0);
            foreach (var property in parameters.GetType().GetProperties()) inner.AddComponentParameter(1, property.Name, property.GetValue(parameters));
            inner.CloseComponent();
        }));
        builder.CloseComponent();
    };

    [Fact]
    public async Task A_field_is_tied_to_its_label_its_hint_and_its_error()
    {
        var page = await Rendered.As(Inside<TextField>(Sent, new { Name = "name", Label = "Name", Hint = "Short" }));
        var input = page.QuerySelector("input")!;
        Assert.Equal(input.Id, page.QuerySelector("label")!.GetAttribute("for"));
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        var told = input.GetAttribute("aria-describedby")!.Split(' ').Select(id => page.GetElementById(id)!.TextContent.Trim());
        Assert.Equal(["A name has no angle.", "Short"], told);
    }

    [Fact]
    public async Task What_was_typed_stands_again_encoded_and_what_was_stored_does_not()
    {
        var page = await Rendered.As(Inside<TextField>(Sent, new { Name = "name", Label = "Name", Value = "Stored" }));
        Assert.Equal("<b>Typed</b>", page.QuerySelector("input")!.GetAttribute("value"));
        Assert.Null(page.QuerySelector("b"));
    }

    [Fact]
    public async Task What_is_stored_stands_in_a_form_nobody_sent()
    {
        var page = await Rendered.As(Inside<TextField>(FormState.Fresh, new { Name = "name", Label = "Name", Value = "Stored" }));
        Assert.Equal("Stored", page.QuerySelector("input")!.GetAttribute("value"));
        Assert.Null(page.QuerySelector(".form-errors"));
    }

    [Fact]
    public async Task A_password_is_never_sent_back()
    {
        var page = await Rendered.As(Inside<TextField>(Sent, new { Name = "secret", Label = "Secret", Type = "password" }));
        Assert.DoesNotContain("hidden", page.QuerySelector("form")!.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_summary_leads_to_the_field()
    {
        var page = await Rendered.As(Inside<TextField>(Sent, new { Name = "name", Label = "Name" }, "profile"));
        var summary = page.QuerySelector(".form-errors[role=alert]")!;
        Assert.Equal("2 things to put right", summary.QuerySelector("h2")!.TextContent);
        var target = summary.QuerySelector("a")!.GetAttribute("href")!.Split('#')[1];
        Assert.Equal("profile-name", target);
        Assert.NotNull(page.GetElementById(target));
    }

    [Fact]
    public async Task Choices_keep_what_was_ticked()
    {
        Option[] days = [new("mon", "Monday"), new("tue", "Tuesday"), new("wed", "Wednesday")];
        var page = await Rendered.As(Inside<ChoiceField>(Sent, new { Name = "days", Label = "Days", Options = days, Many = true, Chosen = new[] { "tue" } }));
        Assert.Equal(["mon", "wed"], page.QuerySelectorAll("input[checked]").Select(i => i.GetAttribute("value")!));
        Assert.Equal("Days", page.QuerySelector("fieldset legend")!.TextContent.Trim());
    }

    [Fact]
    public async Task A_box_that_was_left_empty_stays_empty_though_it_is_stored_ticked()
    {
        var page = await Rendered.As(Inside<CheckField>(Sent, new { Name = "news", Label = "News", Checked = true }));
        Assert.False(page.QuerySelector("input")!.HasAttribute("checked"));
    }

    [Fact]
    public async Task Two_forms_on_a_page_have_no_id_in_common()
    {
        var one = await Rendered.As(Inside<TextField>(FormState.Fresh, new { Name = "name", Label = "Name" }, "one"));
        var two = await Rendered.As(Inside<TextField>(FormState.Fresh, new { Name = "name", Label = "Name" }, "two"));
        Assert.NotEqual(one.QuerySelector("input")!.Id, two.QuerySelector("input")!.Id);
    }

    [Fact]
    public void A_refusal_without_a_field_is_said_of_the_whole()
    {
        var state = FormState.Of(new Microsoft.AspNetCore.Http.FormCollection(new() { ["name"] = "x" }), Refusal.Conflict("taken", "That name is taken."));
        Assert.Equal("That name is taken.", state.ErrorOf("")!.Message);
        Assert.Equal("x", state.Value("name"));
    }
}
