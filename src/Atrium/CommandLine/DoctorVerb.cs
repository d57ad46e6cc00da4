using System.CommandLine;
using Atrium.Kernel;
using Atrium.Kernel.Data;

namespace Atrium.CommandLine;

/// <summary><c>doctor</c>: looks the house over and says what is not as it should be.</summary>
internal sealed class DoctorVerb : HouseVerb
{
    public DoctorVerb(Option<string> data) : base("doctor", "Looks the house over and says what is not as it should be", data) => Does(async (_, services, ct) =>
    {
        var findings = await services.GetRequiredService<Doctor>().ExamineAsync(ct);
        foreach (var finding in findings) Console.WriteLine($"{(finding.Well ? "well" : "ILL "),-5} {finding.What}{(finding.Details is null ? "" : $": {finding.Details}")}");
        if (findings.Any(f => !f.Well)) throw Refusal.Conflict("ill", "Something is not as it should be.");
    });
}
