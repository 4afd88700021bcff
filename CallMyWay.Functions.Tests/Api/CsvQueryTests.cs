using System.Net;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Api;

/// <summary>The separator of the files that are exported.</summary>
public abstract class CsvQueryTests(DemoHost demo)
{
    [SkippableTheory]
    [InlineData("calls.csv", "fecha;hora;sentido")]
    [InlineData("reports.csv?from=2026-03-01&to=2026-03-02&by=agent", "agente;entrantes;salientes")]
    [InlineData("statements.csv?month=2026-03", "mes;cuenta;moneda")]
    [InlineData("audit.csv", "fecha;hora;usuario")]
    [InlineData("contacts.csv", "código de contacto;nombre;teléfonos")]
    [InlineData("mappings.csv", "código;cuenta;agente")]
    public async Task A_File_Has_The_Separator_That_Is_Asked_For(string file, string head)
    {
        var path = $"/api/exports/{file}{(file.Contains('?', StringComparison.Ordinal) ? '&' : '?')}separator=";

        (await demo.Admin.GetStringAsync(path + "semicolon")).TrimStart('\uFEFF').ShouldStartWith(head);
        (await demo.Admin.GetStringAsync(path + "comma")).TrimStart('\uFEFF')
            .ShouldStartWith(head.Replace(';', ','));
        var (status, problem) = await demo.Admin.AskAsync(HttpMethod.Get, path + "tab");
        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.Errors().ShouldContain("separator");
    }
}

public sealed class CsvQueryTestsOnSqlite(DemoHost demo) : CsvQueryTests(demo), IClassFixture<DemoHost>;

public sealed class CsvQueryTestsOnAzurite(DemoHostOnAzuriteInTheLongRun demo)
    : CsvQueryTests(demo), IClassFixture<DemoHostOnAzuriteInTheLongRun>;
