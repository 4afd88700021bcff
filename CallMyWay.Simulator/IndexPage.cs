using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace CallMyWay.Simulator;

/// <summary>A page for people, which shows what the simulator offers and what is running.</summary>
internal static class IndexPage
{
    private static readonly (string Route, string Es, string En)[] Routes =
    [
        ("GET /Welcome/ClickToDialExtenal?username&password&first_num&second_num", "El operador: marcar con un clic", "The operator: click-to-dial"),
        ("GET /getCdrs.php?username&password&recent=1", "El operador: llamadas de 24 horas", "The operator: calls of 24 hours"),
        ("GET /getCdrs.php?username&password&dateStart&dateEnd&ini&cant", "El operador: llamadas por fechas", "The operator: calls by dates"),
        ("POST /simulator/calls · /simulator/calls/batch (?wait=true)", "Simular llamadas", "Simulate calls"),
        ("POST /simulator/hangup/{callId}", "Colgar", "Hang up"),
        ("GET, DELETE /simulator/calls · GET /simulator/calls/{callId}", "La verdad: lo que pasó y lo que se envió", "The truth: what happened and what was sent"),
        ("POST /simulator/calls/{callId}/record", "Corregir el registro de una llamada", "Correct a call's record"),
        ("GET, POST, DELETE /simulator/faults", "Fallas", "Faults"),
        ("GET, PUT /simulator/shape · /simulator/click · /simulator/webhook", "Lo que el documento deja abierto", "What the document leaves open"),
        ("GET /simulator/state", "Estado", "State"),
    ];

    public static void MapIndexPage(this IEndpointRouteBuilder app) => app.MapGet("/", (CallBook book, Behaviour behaviour, Lines lines, RecordRequests requests) =>
        Results.Content(Write(Overview.Of(book, behaviour, lines, requests), book), "text/html", Encoding.UTF8));

    private static string Write(Overview state, CallBook book)
    {
        var html = new StringBuilder("""
            <!doctype html><html lang="es"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>CallMyWay: simulador</title>
            <style>body{font:16px/1.5 system-ui;margin:2rem auto;max-width:70rem;padding:0 1rem;color-scheme:light dark}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #8884}</style>
            <h1>Simulador de CallMyWay</h1>
            <p>Hace de operador: recibe los clics, hace las llamadas, las notifica y las registra. <span lang="en">Stands in for the operator: takes clicks, makes calls, notifies and records them.</span></p>
            """);
        html.Append(CultureInfo.InvariantCulture, $"<p>Llamadas / Calls: {state.Calls} · en curso / open: {state.Open} · notificaciones / notifications: {state.Notifications} · envíos / deliveries: {state.Deliveries} · ack: {state.Acked}</p>");
        html.Append(CultureInfo.InvariantCulture, $"<p>Webhook: {Text(Hidden(state.Webhook))} · Endpoints: {Text(string.Join(", ", state.Endpoints))}</p><table>");
        foreach (var (route, es, en) in Routes)
        {
            html.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td><code>{Text(route)}</code><td>{Text(es)}<td lang=\"en\">{Text(en)}");
        }

        html.Append(
            "</table><h2>Últimas llamadas / Latest calls</h2><table><tr><th>callid<th>type<th>ani<th>dnis<th>state");
        foreach (var call in book.All().Reverse().Take(20))
        {
            var leg = call.Legs[0];
            html.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{Text(leg.CallId)}<td>{leg.Type}<td>{Text(leg.Ani)}<td>{Text(leg.Dnis)}<td>{call.State}");
        }

        return html.Append("</table></html>").ToString();
    }

    // The webhook's path contains its key.
    private static string Hidden(Uri? webhook) =>
        webhook is null ? "–" : webhook.GetLeftPart(UriPartial.Authority) + "/…";

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
