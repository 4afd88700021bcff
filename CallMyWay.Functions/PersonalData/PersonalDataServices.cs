using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Sweeping;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.PersonalData;

internal static class PersonalDataServices
{
    public static IServiceCollection AddPersonalData(this IServiceCollection services) => services
        .AddSingleton<PersonFinder>()
        .AddSingleton<ErasureStore>()
        .AddSingleton<MaskedRows>()
        .AddSingleton<CallErasure>()
        .AddSingleton<IErasedRows>(provider => provider.GetRequiredService<CallErasure>())
        .AddSingleton<IErasedRows, ContactErasure>()
        .AddSingleton<IErasedRows, DueItemErasure>()
        .AddSingleton<IErasedRows, ImportErasure>()
        .AddSingleton<IErasedRows, DialErasure>()
        .AddSingleton<IErasedRows, GuardErasure>()
        .AddSingleton<IErasedRows, CampaignErasure>()
        .AddSingleton<IErasedRows, AuditErasure>()
        .AddSingleton<IErasedRows, WrapUpErasure>()
        .AddSingleton<IErasedRows, RefusedEventErasure>()
        .AddSingleton<IErasedRows, JobErasure>()
        .AddSingleton<IErasedRows, EventErasure>()
        .AddSingleton<IErasedRows, DoNotCallErasure>()
        .AddSingleton<ErasedTables>()
        .AddSingleton<PoisonErasure>()
        .AddSingleton<PersonalDataExport>()
        .AddSingleton<PersonCalls>()
        .AddSingleton<IJobKind, ErasureJob>()
        .AddSingleton<ISweep, ErasureSweep>();
}
