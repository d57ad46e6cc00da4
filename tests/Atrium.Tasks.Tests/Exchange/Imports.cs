using Atrium.Testing;

namespace Atrium.Tasks.Tests;

/// <summary>Imports and exports through the API.</summary>
internal static class Imports
{
    public static async Task<Answer> ImportAsync(this QuietHouse house, Person person, byte[] file, string name, string format, string project, bool dryRun = false)
    {
        var requested = await PostAsync(person, file, name, format, project, dryRun);
        Answer report;

        // Another test that drains may be at it just now.
        do
        {
            await house.DrainAsync();
            report = await person.GetAsync(requested["report"]);
        }
        while (report.Status == System.Net.HttpStatusCode.Conflict && report["state"] is "queued" or "running");
        return report.Ok();
    }

    public static async Task<Answer> PostAsync(Person person, byte[] file, string name, string format, string project, bool dryRun)
    {
        while (true)
        {
            using var form = new MultipartFormDataContent
            {
                { new ByteArrayContent(file), "file", name }, { new StringContent(format), "format" }, { new StringContent(project), "project" }, { new StringContent(dryRun ? "true" : "false"), "dry_run" },
            };
            var answer = await person.PostAsync("/api/tasks/imports", form);

            // The same bytes twice at the same moment: one is asked to come again.
            if (answer.Status != System.Net.HttpStatusCode.ServiceUnavailable) return answer.Is(System.Net.HttpStatusCode.Accepted);
        }
    }

    public static async Task<string> ExportAsync(this QuietHouse house, Person person, Answer report)
    {
        var project = await house.ProjectAsync(report["href"]);
        return (await person.GetAsync($"/api/tasks/projects/{project}/export?format=json")).Ok().Body;
    }

    public static string Unique(string name) => $"{name} {Kernel.RandomKey.New(16)}";
}
