using CallMyWay.Functions.Api;
using CallMyWay.Functions.CallRecords;
using CallMyWay.Functions.ContactLookup;
using CallMyWay.Functions.Events;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Reconciliation;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Status;

/// <summary>What is good, what is bad, and what to do, by what was read. Nothing here asks anybody.</summary>
/// <param name="now">The time.</param>
/// <param name="language">Of the advice.</param>
internal sealed class StatusRules(DateTimeOffset now, string language)
{
    /// <summary>A message waits less than that where all is well.</summary>
    internal static readonly TimeSpan SlowQueue = TimeSpan.FromMinutes(1);

    internal static readonly TimeSpan StuckQueue = TimeSpan.FromMinutes(15);

    /// <summary>Nearly every office has a call in this time, Saturdays and Sundays left out.</summary>
    internal static readonly TimeSpan Quiet = TimeSpan.FromDays(1);

    internal static readonly TimeSpan Behind = TimeSpan.FromHours(1);

    /// <summary>The records are asked for each minute.</summary>
    internal static readonly TimeSpan StoppedClock = TimeSpan.FromMinutes(10);

    /// <summary>One is made each day.</summary>
    internal static readonly TimeSpan OldBackup = TimeSpan.FromDays(2);

    /// <summary>A day is worked out in the night after it; a second night has passed then.</summary>
    internal const int DaysUntilProven = 2;

    /// <param name="keys">When each was used last.</param>
    /// <param name="zone">Of the office: its Saturdays and Sundays don't count.</param>
    public WebhookStatus Webhook(IReadOnlyList<WebhookKeyUse> keys, TimeZoneInfo zone)
    {
        var last = keys.Max(key => key.LastUsedAt);
        var (state, advice) = (keys.Count, last) switch
        {
            (0, _) => (Condition.Bad, new Phrase(
                "Falta la clave de los avisos, y sin ella el operador no puede avisar de las llamadas. Pida a quien "
                    + "instaló el sistema que la ponga (Webhook:Keys).",
                "The key of the notifications is missing, without which the operator can't tell of calls. Ask "
                    + "whoever installed the system to set it (Webhook:Keys).")),
            (_, null) => (Condition.Warning, new Phrase(
                "No consta ningún aviso con la clave de ahora. Si después de una llamada de prueba sigue así, dé al "
                    + "operador la dirección de los avisos, que está en los ajustes.",
                "No notification with the present key is on record. If that is still so after a test call, give the "
                    + "operator the address of the notifications, which is in the settings.")),
            (_, { } at) when WeekdaysSince(at, zone) > Quiet => (Condition.Warning, new Phrase(
                "Hace más de un día hábil que no llega un aviso. Si hoy hubo llamadas, haga una de prueba; si no aparece "
                    + "en pantalla, pregunte al operador si está enviando los avisos.",
                "No notification has come for more than a working day. If there were calls today, make a test call; if "
                    + "it is not on the screen, ask the operator whether notifications are sent.")),
            _ => (Condition.Good, (Phrase?)null),
        };
        return new WebhookStatus { State = state, Advice = advice?.In(language), LastAt = last };
    }

    /// <summary>How much time has passed since then, without Saturdays and Sundays.</summary>
    private TimeSpan WeekdaysSince(DateTimeOffset at, TimeZoneInfo zone)
    {
        var passed = now - at;
        for (var day = zone.DayOf(at); day <= zone.DayOf(now) && passed > Quiet; day = day.AddDays(1))
        {
            if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            {
                var (from, until) = (zone.StartOf(day), zone.StartOf(day.AddDays(1)));
                passed -= (until < now ? until : now) - (from > at ? from : at);
            }
        }

        return passed;
    }

    /// <param name="account">The account's username.</param>
    /// <param name="pull">How far its records were read.</param>
    /// <param name="isOff">True where nothing is asked for.</param>
    public RecordsStatus Records(string account, RecordPull pull, bool isOff)
    {
        var error = pull.Failure is { } failure ? RecordErrorView.Of(failure, language) : null;
        var behind = pull.Watermark is { } watermark ? now - watermark : (TimeSpan?)null;
        var (state, advice) = error is not null ? (Condition.Bad, error.Detail)
            : isOff ? (Condition.Warning, new Phrase(
                "No se leen los registros de esta cuenta. Pida a quien instaló el sistema que ponga su contraseña "
                    + "(CallMyWay:Accounts), o que encienda la lectura (CallRecords:Enabled).",
                "The records of this account are not read. Ask whoever installed the system to set its "
                    + "password (CallMyWay:Accounts), or to turn the pull on (CallRecords:Enabled).").In(language))
            : pull.TriedAt is { } tried && now - tried > StoppedClock ? (Condition.Bad, new Phrase(
                "La lectura de cada minuto se detuvo. Pida a quien instaló el sistema que reinicie el servicio.",
                "The reading of each minute has stopped. Ask whoever installed the system to restart "
                    + "the service.").In(language))
            : behind > Behind ? (Condition.Warning, new Phrase(
                "Se está poniendo al día, y no hay que hacer nada. Si mañana sigue atrasado, avise a quien instaló el "
                    + "sistema.",
                "It is catching up, and nothing is to be done. If it is still behind tomorrow, tell "
                    + "whoever installed the system.").In(language))
            : (Condition.Good, null);
        return new RecordsStatus
        {
            State = state,
            Advice = advice,
            Account = account,
            LastSuccess = pull.SucceededAt,
            SecondsBehind = behind is { } time ? (int)Math.Max(0, time.TotalSeconds) : null,
            LastError = error?.Title,
        };
    }

    public QueueStatus Queue(string name, long waiting, QueueState queue)
    {
        var oldest = queue.OldestSince is { } since && now > since ? now - since : TimeSpan.Zero;
        var (state, advice) = (queue.Poison, oldest) switch
        {
            ( > 0, _) => (Condition.Bad, new Phrase(
                "Hay mensajes que fallaron todas las veces y se apartaron. Reinténtelos aquí abajo; si vuelven a "
                    + "apartarse, avise a quien instaló el sistema.",
                "There are messages that failed each time and were set aside. Retry them below; if they come back, "
                    + "tell whoever installed the system.")),
            (_, var age) when age >= StuckQueue => (Condition.Bad, new Phrase(
                "Los mensajes no avanzan. Pida a quien instaló el sistema que reinicie el servicio; no se pierde "
                    + "ninguno.",
                "The messages don't move. Ask whoever installed the system to restart the service; none is lost.")),
            (_, var age) when age >= SlowQueue => (Condition.Warning, new Phrase(
                "Los mensajes esperan más de lo normal: las llamadas pueden tardar en aparecer. Casi siempre se "
                    + "arregla solo en unos minutos.",
                "Messages wait longer than they should: calls may be late on the screens. It nearly always mends "
                    + "itself within minutes.")),
            _ => (Condition.Good, (Phrase?)null),
        };
        return new QueueStatus
        {
            State = state,
            Advice = advice?.In(language),
            Name = name,
            Waiting = waiting,
            OldestSeconds = queue.OldestSince is null ? null : (int)oldest.TotalSeconds,
            Poison = queue.Poison,
        };
    }

    public RefusedStatus Refused(int lastDay) => new()
    {
        State = lastDay > 0 ? Condition.Warning : Condition.Good,
        Advice = lastDay > 0
            ? new Phrase(
                "Hubo avisos que no se pudieron usar. Abajo dice por qué cada uno; cuando la causa esté arreglada, "
                    + "reinténtelos.",
                "There were notifications that could not be used. Below each says why; retry them once "
                    + "the cause is put right.").In(language)
            : null,
        LastDay = lastDay,
    };

    /// <param name="account">The account's username.</param>
    /// <param name="days">The days before today.</param>
    /// <param name="today">Today, in the account's zone.</param>
    /// <param name="isOff">True where its records are not asked for: then no day can be worked out.</param>
    public ReconciliationStatus Reconciliation(
        string account, IReadOnlyList<DayReconciliation> days, DateOnly today, bool isOff)
    {
        var open = days.Where(day => day.State == DayState.Open).ToList();
        var pending = days.Where(day => day.State == DayState.Pending).ToList();
        var isLate = !isOff && pending.Any(day => day.Date <= today.AddDays(-DaysUntilProven));
        var advice = open.Count > 0
            ? new Phrase(
                "Hay días en que los avisos y los registros no dicen lo mismo. Ábralos en la conciliación: cada uno "
                    + "dice qué llamadas revisar.",
                "On some days notifications and records don't say the same. Open them in the reconciliation: each "
                    + "says which calls to look at.")
            : isLate
                ? new Phrase(
                    "Hay días sin conciliar. Se concilian solos cada noche; si mañana siguen así, ábralos en la "
                        + "conciliación y presione «Conciliar».",
                    "Some days were not reconciled. That happens by itself each night; if they are still so tomorrow, "
                        + "open them in the reconciliation and press \"Reconcile\".")
                : (Phrase?)null;
        return new ReconciliationStatus
        {
            State = advice is null ? Condition.Good : Condition.Warning,
            Advice = advice?.In(language),
            Account = account,
            Open = open.Count,
            Pending = pending.Count,
            OpenDay = open.Count > 0 ? open.Max(day => day.Date) : null,
        };
    }

    public EventsStatus Events(EventEndpoint endpoint)
    {
        var health = endpoint.Health;
        Phrase? advice = health switch
        {
            { PausedAt: not null } => new Phrase(
                "El sistema que recibe los eventos dejó de recibirlos y está en pausa. Revíselo, y pruébelo en «Eventos "
                    + "hacia su sistema» para reanudar.",
                "The system that takes the events has stopped taking them and is paused. Check it, and test it on "
                    + "\"Events to your system\" to resume."),
            not null => new Phrase(
                "El sistema que debe recibir los eventos no los está recibiendo. Se intenta otra vez; si pasa un día, queda "
                    + "en pausa.",
                "The system that should take the events does not. They are tried again; after a day it is paused."),
            _ => null,
        };
        return new EventsStatus
        {
            State = health is null ? Condition.Good
                : health.PausedAt is null ? Condition.Warning
                : Condition.Bad,
            Advice = advice?.In(language),
            EndpointId = endpoint.EndpointId,
            Name = endpoint.Description ?? new Uri(endpoint.Url).Host,
            Since = health?.PausedAt ?? health?.FailingSince,
            LastError = health is null ? null : DeliveryView.WordsOf(health).In(language),
        };
    }

    public LookupStatus Lookup(LookupState lookup)
    {
        var health = lookup.Settings.IsOn && lookup.Health?.FailingSince is not null ? lookup.Health : null;
        return new LookupStatus
        {
            State = health is null ? Condition.Good : Condition.Warning,
            Advice = health is null
                ? null
                : new Phrase(
                    "El CRM no está diciendo quién llama, y las llamadas muestran solo los contactos de aquí. Revíselo, y "
                        + "pruébelo en «Consulta al CRM en cada llamada».",
                    "The CRM does not tell who calls, and calls show the contacts of this system alone. Check it, and "
                        + "test it on \"CRM look-up at each call\".").In(language),
            Enabled = lookup.Settings.IsOn,
            Since = health?.FailingSince,
            LastError = health is null
                ? null
                : LookupView.WordsOf(health.Error, health.Status, health.Field, lookup.Settings.TimeoutMs).In(language),
        };
    }

    public StorageStatus Storage(StorageState state) => new()
    {
        State = state == StorageState.Writable ? Condition.Good : Condition.Bad,
        Advice = state switch
        {
            StorageState.Writable => null,
            StorageState.Silent => new Phrase(
                "El almacenamiento no responde, y nada se puede guardar. Pida ahora mismo ayuda a quien instaló el "
                    + "sistema.",
                "The storage does not answer, and nothing can be stored. Ask whoever installed the "
                    + "system for help right now.").In(language),
            _ => new Phrase(
                "No se puede guardar nada: el disco puede estar lleno, o no hay acceso a él. Pida ahora mismo ayuda a "
                    + "quien instaló el sistema.",
                "Nothing can be stored: the disk may be full, or can't be reached. Ask whoever "
                    + "installed the system for help right now.").In(language),
        },
    };

    public DiskStatus Disk(HostDisk disk)
    {
        var state = DiskRooms.Of(disk) switch
        {
            DiskRoom.NearlyNone => Condition.Bad,
            DiskRoom.Little => Condition.Warning,
            _ => Condition.Good,
        };
        return new DiskStatus
        {
            State = state,
            Advice = state switch
            {
                Condition.Bad => new Phrase(
                    "El disco está casi lleno, y cuando se llene no se podrá guardar nada. Libere espacio ahora.",
                    "The disk is nearly full, and once it is, nothing can be stored. Free some space "
                        + "now.").In(language),
                Condition.Warning => new Phrase(
                    "Queda poco espacio en el disco. Libere espacio: quite otros archivos, o conserve menos respaldos. "
                        + "Decidir en los ajustes cuánto se conservan las llamadas evita que los datos crezcan más, y "
                        + "no libera espacio.",
                    "Little space is left on the disk. Free some: remove other files, or keep fewer backups. To decide "
                        + "in the settings how long calls are kept keeps the data from growing further, and frees no "
                        + "space.").In(language),
                _ => null,
            },
            FreeBytes = disk.FreeBytes,
            TotalBytes = disk.TotalBytes,
            DatabaseBytes = disk.DatabaseBytes,
        };
    }

    public BackupsStatus Backups(HostBackups backups)
    {
        var (state, advice) = backups switch
        {
            { FailedAt: not null } => (Condition.Bad, new Phrase(
                "El último respaldo no se pudo hacer. «Respaldos», en «Administración», dice por qué: arréglelo y haga "
                    + "uno ahora.",
                "The last backup could not be made. \"Backups\", under \"Administration\", says why: put it right and "
                    + "make one now.")),
            { MadeAt: { } at } when now - at > OldBackup => (Condition.Warning, new Phrase(
                "Hace más de dos días que no se hace un respaldo. Haga uno ahora en «Administración», «Respaldos»; si "
                    + "mañana no se hizo solo, avise a quien instaló el sistema.",
                "No backup was made for more than two days. Make one now under \"Administration\", \"Backups\"; if "
                    + "none was made by itself tomorrow, tell whoever installed the system.")),
            _ => (Condition.Good, (Phrase?)null),
        };
        return new BackupsStatus { State = state, Advice = advice?.In(language), LastAt = backups.MadeAt };
    }

    /// <summary>The worst of the parts; what could not be read is bad.</summary>
    public static Condition Worst(IEnumerable<StatusPart?> parts) =>
        parts.Select(part => part?.State ?? Condition.Bad).DefaultIfEmpty(Condition.Good).Max();
}
