using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Sweeping;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.ContactImports;

internal static class ContactImportsServices
{
    public static IServiceCollection AddContactImports(this IServiceCollection services) => services
        .AddSingleton<ImportStore>()
        .AddSingleton<ImportDecisions>()
        .AddSingleton<ImportWriter>()
        .AddSingleton<ImportTurns>()
        .AddSingleton<ImportUpload>()
        .AddSingleton<RefusedRows>()
        .AddSingleton<ContactExport>()
        .AddSingleton<IJobKind, ImportJob>()
        .AddSingleton<IJobKind, UndoJob>()
        .AddSingleton<ISweep, ImportSweep>();
}
