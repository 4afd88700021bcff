using System.Globalization;
using CallMyWay.Benchmarks;

var quick = args.Contains("--quick");
string[] words = [.. args.Where(arg => arg != "--quick")];
switch (words)
{
    case ["storage", .. var rest]:
        await StorageBenchmark.RunAsync(rest);
        return 0;
    case ["acks", .. var rest]:
        await AcksBenchmark.RunAsync(quick, rest);
        return 0;
    case ["drain"]:
        await DrainBenchmark.RunAsync(quick);
        return 0;
    case ["records"]:
        await RecordsBenchmark.RunAsync(quick);
        return 0;
    case ["history", .. var rest]:
        await HistoryBenchmark.RunAsync(quick, rest is ["export"]);
        return 0;
    case ["screens"]:
        await ScreensBenchmark.RunAsync(quick);
        return 0;
    case ["clicks"]:
        await ClicksBenchmark.RunAsync(quick);
        return 0;
    case ["contacts"]:
        await ContactsBenchmark.RunAsync(quick);
        return 0;
    case ["contacts-import"]:
        await ContactsImportBenchmark.RunAsync(quick);
        return 0;
    case ["campaigns"]:
        await CampaignsBenchmark.RunAsync(quick);
        return 0;
    case ["backup"]:
        await BackupBenchmark.RunAsync(quick);
        return 0;
    case ["events"]:
        await EventsBenchmark.RunAsync(quick);
        return 0;
    case ["lookup", .. var rest]:
        await LookupBenchmark.RunAsync(
            quick,
            rest is [var perSecond]
                ? int.Parse(perSecond, CultureInfo.InvariantCulture)
                : ScreensBenchmark.CallsPerSecond);
        return 0;
    case ["start", .. var rest]:
        await StartBenchmark.RunAsync(quick, rest);
        return 0;
    case ["all"]:
        await AcksBenchmark.RunAsync(quick, []);
        await DrainBenchmark.RunAsync(quick);
        await RecordsBenchmark.RunAsync(quick);
        await HistoryBenchmark.RunAsync(quick, onlyExport: false);
        await ContactsBenchmark.RunAsync(quick);
        await ContactsImportBenchmark.RunAsync(quick);
        await CampaignsBenchmark.RunAsync(quick);
        await BackupBenchmark.RunAsync(quick);
        await EventsBenchmark.RunAsync(quick);
        await ScreensBenchmark.RunAsync(quick);
        await LookupBenchmark.RunAsync(quick, ScreensBenchmark.CallsPerSecond);
        await ClicksBenchmark.RunAsync(quick);
        await StartBenchmark.RunAsync(quick, []);
        return 0;
    case ["serve", .. var rest]:
        return await Servers.RunAsync(rest);
    default:
        Console.Error.WriteLine("""
            What to measure:
              acks              notifications acked in a second, beside a bare endpoint; then the same during an import of contacts
              acks <address>    another server's, with the same load
              drain             events processed in a second, each matched, stored and pushed
              records           call records taken in a second, and acks meanwhile
              history [export]  pages of the history, its export and a year's report, in a million calls beside a hundred thousand
              screens           from the webhook to the agent's screen, beside a bare hub, with a million contacts
              clicks            from the agent's click to the request at the operator, beside a bare endpoint
              contacts          a match and a search in a million contacts, beside ten thousand
              contacts-import   a file of 100,000 contacts: its preview, its import beside the same contacts only stored, and beside notifications
              campaigns         a campaign of 100,000 people: its list, its start, and its pages beside those of the history
              backup            a backup of a million contacts beside notifications, its restore, and the check of its indexes
              events            events to a receiver that fails one in ten, with a kill in the middle, and acks meanwhile
              lookup [calls]    from the webhook to the agent's screen while a CRM is asked who calls (100 a second)
              start [program]   time to the first answer, and memory; of a published CallMyWay.LocalHost.dll where one is given
              storage [rows]    the embedded storage beside the bare loop below it, and acks during an import (600000 rows)
              all               all of these but the last
            --quick measures shortly and with fewer contacts.
            """);
        return 1;
}
